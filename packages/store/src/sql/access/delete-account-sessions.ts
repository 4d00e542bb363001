/** Ends the sign-ins of account $1, but for the one with hash $2. */
export const deleteAccountSessions = {
  name: 'delete-account-sessions',
  text: 'delete from operator_sessions where account_id = $1 and hash <> $2',
}
