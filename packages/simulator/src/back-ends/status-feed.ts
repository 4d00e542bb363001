import type { WorldClock } from '../world/clock.js'
import type { SiteEvse } from '../world/site.js'
import type { Tell } from '../world-event.js'
import type { Party } from './documents.js'
import { createLatest, type Latest } from './latest.js'
import { type OperatorApi, path } from './operator-api.js'
import { createStamps } from './stamps.js'

/** Tells the node the status of one EVSE, the latest one where several wait. */
export const createStatusFeed = (
  around: { readonly api: OperatorApi; readonly clock: WorldClock; readonly tell: Tell },
  { countryCode, partyId }: Party,
  evse: SiteEvse,
): Latest<string> => {
  const address = path('locations', countryCode, partyId, evse.location.id, 'evses', evse.evse.uid)
  const stamp = createStamps(around.clock.realMs)
  return createLatest(async (status, told) => {
    if (status === told) return true
    const answer = await around.api.call('PATCH', address, { status, last_updated: stamp() })
    if (answer.kind === 'ok') return true
    const doing = `status of ${evse.key}`
    around.tell({ type: 'trouble', door: 'cpo', doing, reason: answer.reason })
    return false
  })
}
