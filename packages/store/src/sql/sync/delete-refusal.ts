import type { Statement } from '../../database/index.js'

/** Parameters: partner, key in four. */
export const deleteRefusal: Statement = {
  name: 'delete-refusal',
  text: `
delete from sync_refusals
where partner_id = $1 and kind = $2 and country_code = $3 and party_id = $4 and id = $5
`,
}
