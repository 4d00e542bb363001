import { driverColumns } from './driver-columns.js'

/** Changes the driver $1: the fields that $2, a JSON object, names. */
export const updateDriver = {
  name: 'update-driver',
  text: `
update drivers d
set email = case when $2::jsonb ? 'email' then $2::jsonb ->> 'email' else d.email end,
  name = case when $2::jsonb ? 'name' then $2::jsonb ->> 'name' else d.name end,
  language = case when $2::jsonb ? 'language' then $2::jsonb ->> 'language' else d.language end,
  default_vehicle_id = case
    when $2::jsonb ? 'defaultVehicleId' then ($2::jsonb ->> 'defaultVehicleId')::uuid
    else d.default_vehicle_id
  end
where d.id = $1
returning ${driverColumns}`,
}
