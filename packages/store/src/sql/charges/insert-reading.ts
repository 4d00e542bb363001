import type { Statement } from '../../database/index.js'

/** Adds a reading of the charge $1: at, wh. A later state of the same time wins. */
export const insertReading: Statement = {
  name: 'charges/insert-reading',
  text: `
insert into driver_charge_readings (charge_id, at, wh) values ($1, $2, $3)
on conflict (charge_id, at) do update set wh = excluded.wh
`,
}
