/** Adds a sign-in: hash, key_id, created_at, expires_at. */
export const insertOperatorSession = {
  name: 'insert-operator-session',
  text: `
insert into operator_sessions (hash, key_id, created_at, expires_at)
values ($1, $2, $3, $4)`,
}
