/** Deletes the car $2 of the driver $1. */
export const deleteDriverVehicle = {
  name: 'delete-driver-vehicle',
  text: `
delete from driver_vehicles where driver_id = $1 and id = $2`,
}
