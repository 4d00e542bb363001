/** Adds a sign-in of a key or an account: hash, key_id, account_id, created_at, expires_at. */
export const insertOperatorSession = {
  name: 'insert-operator-session',
  text: `
insert into operator_sessions (hash, key_id, account_id, created_at, expires_at)
values ($1, $2, $3, $4, $5)`,
}
