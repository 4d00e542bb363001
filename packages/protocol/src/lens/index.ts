export {
  isIdentity,
  keepsShape,
  type Lifted,
  type Lowered,
  lift,
  lower,
  needsLowering,
} from './crossing.js'
export { contentEquals, type JsonObject } from './json.js'
export type { Form, Loss } from './lens.js'
export { type LossRow, lossTable } from './loss-table.js'
export { patchUnmapped } from './patch-remainder.js'
