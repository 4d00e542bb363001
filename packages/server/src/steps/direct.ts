import { OcpiRefusal, type Routing, readRouting } from '@interwatt/protocol'
import type { Routed } from '../context.js'

const NOWHERE: Routing = { from: undefined, to: undefined }

/**
 * Reads who the message is from and for; configuration modules ignore those headers (HUB-001, HUB-002). On a connection
 * between one party each it is always from and for those.
 */
export const direct = ({ target, headers, caller }: Routed) => {
  if (!target.routed) {
    const { parties } = caller
    return { routing: target.guarded && parties ? { from: parties.theirs, to: parties.own } : NOWHERE }
  }
  const read = readRouting(headers)
  if (!read.ok) throw new OcpiRefusal('invalid', read.message)
  return { routing: read.routing }
}
