/** Notes a use of the passkey $1: count $2, backed_up $3, time $4. One that counts has to count up. */
export const useDriverPasskey = {
  name: 'use-driver-passkey',
  text: `
update driver_passkeys
set counter = $2, backed_up = $3, last_used_at = $4
where id = $1 and ($2::bigint > counter or ($2::bigint = 0 and counter = 0))`,
}
