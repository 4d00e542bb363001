import type { Statement } from '../../database/index.js'

export const selectProfiles: Statement = {
  name: 'profiles/select-profiles',
  text: `
select partner_id as "partnerId", profile
from partner_profiles
`,
}
