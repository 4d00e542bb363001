/** Adds or replaces the car $2 of the driver $1: vehicle, created_at; none when it is the car of another driver. */
export const upsertDriverVehicle = {
  name: 'upsert-driver-vehicle',
  text: `
insert into driver_vehicles (driver_id, id, vehicle, created_at)
values ($1, $2, $3, $4)
on conflict (id) do update set vehicle = excluded.vehicle where driver_vehicles.driver_id = excluded.driver_id`,
}
