import { OcpiRefusal, type Routing, readRouting } from '@interwatt/protocol'
import type { Routed } from '../context.js'

const NOWHERE: Routing = { from: undefined, to: undefined }

/** Reads who the message is from and for; configuration modules ignore those headers (HUB-001, HUB-002). */
export const direct = ({ target, headers }: Routed) => {
  if (!target.routed) return { routing: NOWHERE }
  const read = readRouting(headers)
  if (!read.ok) throw new OcpiRefusal('invalid', read.message)
  return { routing: read.routing }
}
