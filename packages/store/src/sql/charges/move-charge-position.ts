import type { Statement } from '../../database/index.js'

/** Moves the position from $1 to $2; no row when another node moved it before. */
export const moveChargePosition: Statement = {
  name: 'charges/move-position',
  text: `
update driver_charge_position set seq = $2 where seq = $1 returning seq
`,
}
