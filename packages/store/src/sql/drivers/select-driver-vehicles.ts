/** Cars of the driver $1, the oldest first. */
export const selectDriverVehicles = {
  name: 'select-driver-vehicles',
  text: `
select id, vehicle
from driver_vehicles
where driver_id = $1
order by created_at, id`,
}
