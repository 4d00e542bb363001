import { holds, isJsonObject, type JsonObject } from '../../json/json-object.js'
import { withoutFields } from '../../lens/fields.js'
import {
  type Crossing,
  GONE,
  gone,
  lens,
  note,
  type Place,
  type Step,
  startCrossing,
} from '../../lens/lens.js'
import { nearest, owner } from '../../lens/older-steps.js'
import {
  clearNames,
  declareCleared,
  declareSetAside,
  inEach,
  newerOnly,
  rename,
  setAsideFields,
} from '../../lens/steps.js'
import { wholeSeconds } from '../../lens/whole-seconds.js'
import { authMethod, cdrToken, dimensions, plainCost } from '../cdrs/v211-v221.lens.js'
import { place } from '../locations/v211-v221.lens.js'
import { Session } from './v211.js'

const PLACE = ['location_id', 'evse_uid', 'connector_id'] as const
const placeNames: ReadonlySet<string> = new Set(PLACE)
const NOBODY = '#NA'

const byIds = 'the target version names the place by its ids'
const placeRebuilt = 'the location is put together from what is stored of it'
const noEvse = 'the EVSE of the session is not stored, so the location goes without it'
const unknownPlace = 'the target version needs the whole location, which is not stored'
const placeNeedsPut = 'a change of place needs the whole location, which only a PUT carries'

const firstOf = (list: unknown): JsonObject => {
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  return isJsonObject(first) ? first : {}
}

const liftPlace = (session: JsonObject, location: JsonObject): JsonObject => {
  const evse = firstOf(location.evses)
  const connector = firstOf(evse.connectors)
  const ids = {
    location_id: location.id,
    evse_uid: typeof evse.uid === 'string' ? evse.uid : NOBODY,
    connector_id: typeof connector.id === 'string' ? connector.id : NOBODY,
  }
  return Object.fromEntries(
    Object.entries(session).flatMap(([field, value]) =>
      field === 'location' ? Object.entries(ids) : [[field, value]],
    ),
  )
}

/** The ids alone, in the shape of the older version: what had been sent is put back around them. */
const skeleton = (
  { location_id: id, evse_uid: uid, connector_id: connector }: JsonObject,
  crossing: Crossing,
) => {
  crossing.incomplete.push('/location/coordinates')
  if (uid === NOBODY || connector === NOBODY) return { id }
  crossing.incomplete.push('/location/evses/0/status', '/location/evses/0/connectors/0/standard')
  return { id, evses: [{ uid, connectors: [{ id: connector }] }] }
}

const sameId = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.toUpperCase() === b.toUpperCase()

/** The stored location with the EVSE and connector of the session and no other (SES-065). */
const reduced = (location: JsonObject, session: JsonObject): JsonObject => {
  const evses = (Array.isArray(location.evses) ? location.evses : []).flatMap((evse: unknown) => {
    if (!isJsonObject(evse) || !sameId(evse.uid, session.evse_uid)) return []
    const all: readonly unknown[] = Array.isArray(evse.connectors) ? evse.connectors : []
    const connectors = all.filter((each) => isJsonObject(each) && sameId(each.id, session.connector_id))
    return connectors.length === 0 ? [] : [{ ...evse, connectors }]
  })
  const { evses: _all, ...rest } = location
  return evses.length === 0 ? rest : { ...rest, evses }
}

const rebuilt = (
  session: JsonObject,
  at: Place | undefined,
  crossing: Crossing,
): JsonObject | typeof GONE => {
  const id = session.location_id
  const stored = typeof id === 'string' ? crossing.facts.placeOf?.(id) : undefined
  if (stored === undefined) return gone(crossing, { parent: at, key: 'location_id' }, unknownPlace)
  const lowered = place.down(reduced(stored, session), undefined, startCrossing('whole'))
  if (!isJsonObject(lowered)) return gone(crossing, { parent: at, key: 'location_id' }, unknownPlace)
  const alone = !Array.isArray(lowered.evses) || lowered.evses.length === 0
  const evse = { reason: alone ? noEvse : placeRebuilt, severity: alone ? 'lost' : 'changed' } as const
  note(crossing, at, 'location_id', { reason: placeRebuilt, severity: 'changed' })
  note(crossing, at, 'evse_uid', evse)
  note(crossing, at, 'connector_id', evse)
  return lowered
}

const lowerPlace = (
  session: JsonObject,
  at: Place | undefined,
  crossing: Crossing,
): JsonObject | typeof GONE => {
  const named = PLACE.find((field) => holds(session, field))
  if (named === undefined) return session
  if (crossing.form === 'patch' && !(crossing.restoring && PLACE.every((field) => holds(session, field))))
    return gone(crossing, { parent: at, key: named }, placeNeedsPut)
  const location = crossing.restoring ? skeleton(session, crossing) : rebuilt(session, at, crossing)
  return location === GONE ? GONE : { ...withoutFields(session, placeNames), location }
}

/** The whole location became its ids (sessions.md, translation). */
const locationIds: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside(...PLACE),
    ...declareCleared('location'),
    { direction: 'up', pointer: '/location', reason: byIds },
    ...PLACE.flatMap((field) =>
      [placeRebuilt, noEvse, unknownPlace, placeNeedsPut].map(
        (reason) => ({ direction: 'down', pointer: `/${field}`, reason }) as const,
      ),
    ),
  ],
  up(session, at, crossing) {
    const own = setAsideFields(session, PLACE, at, crossing)
    if (!isJsonObject(own.location)) return own
    note(crossing, at, 'location', { reason: byIds, severity: 'changed' })
    return liftPlace(own, own.location)
  },
  down: (session, at, crossing) => lowerPlace(clearNames(session, ['location'], at, crossing), at, crossing),
}

/** A period without any dimension of the older version says nothing and goes. */
const period = lens(dimensions('goes'), newerOnly('tariff_id'))

/** Session: token and place by ids, prices with tax, reservations as sessions (sessions.md, translation). */
export const session = lens(
  wholeSeconds(Session),
  owner,
  rename('start_datetime', 'start_date_time'),
  rename('end_datetime', 'end_date_time'),
  cdrToken,
  authMethod,
  newerOnly('authorization_reference'),
  locationIds,
  inEach('charging_periods', period),
  plainCost,
  nearest('status', { RESERVATION: 'PENDING' }),
)
