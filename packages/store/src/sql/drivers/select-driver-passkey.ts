import { passkeyColumns } from './passkey-columns.js'

/** The passkey with id $1. */
export const selectDriverPasskey = {
  name: 'select-driver-passkey',
  text: `
select ${passkeyColumns}
from driver_passkeys
where id = $1`,
}
