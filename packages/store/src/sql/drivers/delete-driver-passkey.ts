/** Deletes the passkey $2 of the driver $1. */
export const deleteDriverPasskey = {
  name: 'delete-driver-passkey',
  text: `
delete from driver_passkeys where driver_id = $1 and id = $2`,
}
