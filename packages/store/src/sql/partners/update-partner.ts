import type { Statement } from '../../database/index.js'

export const updatePartner: Statement = {
  name: 'partners/update-partner',
  text: `
update partners set
  name = $2, status = $3, version = $4, versions_url = $5, endpoints = $6, roles = $7, hub_party = $8,
  outbound_token = $9, token_encoding = $10, status_reason = $11, unlock_allowed = $12, created_at = $13,
  registered_at = $14, own = $15, profiles_allowed = $16, agreed_modules = $17, is_test = $18,
  status_since = case when status = $3 then status_since else now() end
where id = $1 and status = any($19)
`,
}
