import type { Statement } from '../../database/index.js'

/** Parameter: time before which profiles are dropped that were not updated since. */
export const deleteOldProfiles: Statement = {
  name: 'charging-profiles/delete-old-profiles',
  text: `
delete from active_profiles
where updated_at < $1
`,
}
