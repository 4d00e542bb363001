/** Adds a passkey: id, driver_id, public_key, counter, transports, name, backed_up, created_at; none when it is known. */
export const insertDriverPasskey = {
  name: 'insert-driver-passkey',
  text: `
insert into driver_passkeys (id, driver_id, public_key, counter, transports, name, backed_up, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict do nothing`,
}
