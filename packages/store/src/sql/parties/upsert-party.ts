import type { Statement } from '../../database/index.js'

export const upsertParty: Statement = {
  name: 'parties/upsert-party',
  text: `
insert into parties (country_code, party_id, roles, business_details)
values ($1, $2, $3, $4)
on conflict (country_code, party_id) do update set roles = excluded.roles, business_details = excluded.business_details
`,
}
