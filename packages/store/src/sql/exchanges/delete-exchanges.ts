import type { Statement } from '../../database/index.js'

/** Drops moments before $1 and hours before $2, and whatever is left of partners that are gone. */
export const deleteExchanges: Statement = {
  name: 'exchanges/delete-exchanges',
  text: `
delete from partner_exchanges x
where (span = 'moment' and at < $1) or (span = 'hour' and at < $2)
  or not exists (select from partners p where p.id = x.partner_id)
`,
}
