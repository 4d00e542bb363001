import type { Statement } from '../../database/index.js'

export const upsertRule: Statement = {
  name: 'rules/upsert-token-rule',
  text: `
insert into token_rules (country_code, party_id, id, rule)
values ($1, $2, $3, $4)
on conflict (country_code, party_id, id) do update set rule = excluded.rule
`,
}
