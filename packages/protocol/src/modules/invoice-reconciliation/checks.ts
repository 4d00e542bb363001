import { isJsonObject } from '../../json/json-object.js'
import type { Tolerance } from '../../schema/index.js'

/** A CDR given as an object with its id, as the diagrams of the specification draw it (INV-020). */
export const CDR_AS_OBJECT: Tolerance = {
  rule: 'INV-020',
  note: 'is an object; its id was taken',
  repair: (value) => (isJsonObject(value) && typeof value.id === 'string' ? value.id : undefined),
}
