/** The sign-in with hash $1 and its key or account, unless it expired before $2 or the account is disabled. */
export const selectOperatorSession = {
  name: 'select-operator-session',
  text: `
select s.hash, s.key_id as "keyId", s.account_id as "accountId", s.created_at as "createdAt", s.expires_at as "expiresAt",
  coalesce(k.name, a.name) as "name", coalesce(k.role, a.role) as role, a.login
from operator_sessions s
left join api_keys k on k.id = s.key_id
left join operator_accounts a on a.id = s.account_id and a.disabled_at is null
where s.hash = $1 and s.expires_at > $2 and coalesce(k.id, a.id) is not null`,
}
