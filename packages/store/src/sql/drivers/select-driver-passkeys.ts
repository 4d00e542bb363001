import { passkeyColumns } from './passkey-columns.js'

/** Passkeys of the driver $1, the oldest first. */
export const selectDriverPasskeys = {
  name: 'select-driver-passkeys',
  text: `
select ${passkeyColumns}
from driver_passkeys
where driver_id = $1
order by created_at, id`,
}
