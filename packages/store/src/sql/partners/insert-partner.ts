import type { Statement } from '../../database/index.js'

export const insertPartner: Statement = {
  name: 'partners/insert-partner',
  text: `
insert into partners (id, name, status, version, versions_url, endpoints, roles, hub_party, outbound_token, token_encoding, status_reason,
  unlock_allowed, created_at, registered_at, own, profiles_allowed, agreed_modules, is_test)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
`,
}
