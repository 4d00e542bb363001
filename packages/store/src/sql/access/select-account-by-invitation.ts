import { accountColumns } from './account-columns.js'

/** The operator account whose code has the hash $1, unless that expired before $2 or the account is disabled. */
export const selectAccountByInvitation = {
  name: 'select-account-by-invitation',
  text: `
select ${accountColumns} from operator_accounts
where invitation_hash = $1 and invitation_expires_at > $2 and disabled_at is null`,
}
