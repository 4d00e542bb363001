/** Adds an operator account unless its login is taken. */
export const insertAccount = {
  name: 'insert-account',
  text: `
insert into operator_accounts (id, login, name, role, password, invitation_hash, invitation_expires_at, invited_by,
  created_at, last_sign_in_at, disabled_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (login) do nothing`,
}
