import type { Statement } from '../../database/index.js'

/** Parameters: worker, partner. */
export const releaseLease: Statement = {
  name: 'release-lease',
  text: `
update sync_partners set leased_by = null, leased_until = null
where partner_id = $2 and leased_by = $1
`,
}
