export { keepsShape, type Lifted, type Lowered, lift, lower } from './crossing.js'
export type { Form, Loss } from './lens.js'
export { type LossRow, lossTable } from './loss-table.js'
export { patchUnmapped } from './patch-remainder.js'
