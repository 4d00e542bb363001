/** Takes the token with uid $2 and type $3 from the driver $1. */
export const deleteDriverToken = {
  name: 'delete-driver-token',
  text: `
delete from driver_tokens where driver_id = $1 and uid = $2 and type = $3`,
}
