import type { Tolerance } from '../schema/index.js'

/** Where in a document a schema is used: what its reader has to know besides the schema. */
export interface Spot {
  /** Anchor of the object around it, cited where no rule fits better. */
  readonly anchor: string
  readonly rule: string | undefined
  readonly tolerance: Tolerance | undefined
  /** Whether the value must be there: cardinality 1 or +. */
  readonly required: boolean
  /** Whether it is an item of a list that may also be empty. */
  readonly droppable: boolean
}
