import { driverColumns } from './driver-columns.js'

/** The driver with id $1. */
export const selectDriver = {
  name: 'select-driver',
  text: `
select ${driverColumns}
from drivers d
where d.id = $1`,
}
