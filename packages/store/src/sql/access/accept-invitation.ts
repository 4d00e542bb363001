import { accountColumns } from './account-columns.js'

/** Sets the password $3 of the account whose code has the hash $1, unless that expired before $2; the code is used up. */
export const acceptInvitation = {
  name: 'accept-invitation',
  text: `
update operator_accounts
set password = $3, invitation_hash = null, invitation_expires_at = null
where invitation_hash = $1 and invitation_expires_at > $2 and disabled_at is null
returning ${accountColumns}`,
}
