import type { Statement } from '../../database/index.js'

export const deletePartner: Statement = {
  name: 'partners/delete-partner',
  text: `
delete from partners
where id = $1
`,
}
