/** Changes account $1; $2 holds the changed fields as JSON, null values included. */
export const updateAccount = {
  name: 'update-account',
  text: `
update operator_accounts a
set name = case when c ? 'name' then c ->> 'name' else a.name end,
    role = case when c ? 'role' then c ->> 'role' else a.role end,
    password = case when c ? 'password' then c ->> 'password' else a.password end,
    invitation_hash = case when c ? 'invitationHash' then c ->> 'invitationHash' else a.invitation_hash end,
    invitation_expires_at = case when c ? 'invitationExpiresAt' then (c ->> 'invitationExpiresAt')::timestamptz
      else a.invitation_expires_at end,
    last_sign_in_at = case when c ? 'lastSignInAt' then (c ->> 'lastSignInAt')::timestamptz else a.last_sign_in_at end,
    disabled_at = case when c ? 'disabledAt' then (c ->> 'disabledAt')::timestamptz else a.disabled_at end
from (select $2::jsonb as c) change
where a.id = $1`,
}
