import type { Statement } from '../../database/index.js'

export const selectPartners: Statement = {
  name: 'partners/select-partners',
  text: `
select id, name, status, version, versions_url, endpoints, roles, hub_party, outbound_token, token_encoding, status_reason,
  unlock_allowed, created_at, registered_at, own, profiles_allowed, agreed_modules, is_test
from partners
order by created_at, id
`,
}
