/** The sign-in with hash $1 and its key, unless it expired before $2. */
export const selectOperatorSession = {
  name: 'select-operator-session',
  text: `
select s.hash, s.key_id as "keyId", s.created_at as "createdAt", s.expires_at as "expiresAt",
  k.name as "keyName", k.role
from operator_sessions s
join api_keys k on k.id = s.key_id
where s.hash = $1 and s.expires_at > $2`,
}
