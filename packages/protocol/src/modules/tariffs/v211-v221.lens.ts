import { parseDateTime } from '../../date-time/index.js'
import { holds, isJsonObject, type JsonObject } from '../../json/json-object.js'
import { isAmount } from '../../lens/amounts.js'
import { withField, withoutField, withoutFields } from '../../lens/fields.js'
import {
  type Crossing,
  type GONE,
  gone,
  type Lens,
  lens,
  note,
  type Place,
  type Step,
} from '../../lens/lens.js'
import { owner } from '../../lens/older-steps.js'
import { declareSetAside, inEach, inField, leaveOut, newerOnly, setAsideFields } from '../../lens/steps.js'
import { wholeSeconds } from '../../lens/whole-seconds.js'
import { energyMix } from '../locations/v211-v221.lens.js'
import { Tariff } from './v211.js'

const noType = 'the target version has no types of tariff'
const otherType = 'the target version knows tariffs for everybody only, not for a way of paying or a profile'
const limitsAsText = 'the target version has no limits; said in tariff_alt_text'
const limitsNeedPut = 'limits of the price are said in a text, which a PATCH cannot add to'
const notNow = 'the tariff is not valid now, which the target version cannot say'
const noDates = 'the target version cannot say when a tariff begins and ends'
const forReservations = 'the target version would bill an element for reservations while charging'
const byCurrent = 'a price that depends on the current cannot be said in the target version'
const overMidnight = 'a window over midnight is two elements in the target version'

type Down = (tariff: JsonObject, at: Place | undefined, crossing: Crossing) => JsonObject | typeof GONE

/** Types of tariff are new; older partners get those for everybody (tariffs.md 6.1). */
const typeStep = (anyType: boolean): Step => ({
  keepsShape: true,
  declares: [
    ...declareSetAside('type'),
    { direction: 'down', pointer: '/type', reason: noType },
    { direction: 'down', pointer: '/type', reason: otherType },
  ],
  up: (tariff, at, crossing) => setAsideFields(tariff, ['type'], at, crossing),
  down(tariff, at, crossing) {
    const forEverybody = !holds(tariff, 'type') || tariff.type === null || tariff.type === 'REGULAR'
    return forEverybody || anyType
      ? leaveOut(tariff, 'type', at, crossing, noType)
      : gone(crossing, { parent: at, key: 'type' }, otherType)
  },
})

const LIMITS = ['min_price', 'max_price'] as const
const limitNames: ReadonlySet<string> = new Set(LIMITS)

const amountOf = (limit: unknown): number | undefined =>
  isJsonObject(limit) && isAmount(limit.excl_vat) ? limit.excl_vat : undefined

const limitsText = (tariff: JsonObject): string => {
  const [least, most] = LIMITS.map((field) => amountOf(tariff[field]))
  const currency = String(tariff.currency)
  const parts = [
    ...(least === undefined ? [] : [`at least ${least} ${currency}`]),
    ...(most === undefined ? [] : [`at most ${most} ${currency}`]),
  ]
  return `Price of a session: ${parts.join(', ')}, without VAT.`
}

const lowerLimits: Down = (tariff, at, crossing) => {
  const stated = LIMITS.filter((field) => isJsonObject(tariff[field]))
  if (stated.length === 0) return withoutFields(tariff, limitNames)
  if (crossing.form === 'patch') return gone(crossing, { parent: at, key: stated[0] ?? '' }, limitsNeedPut)
  for (const field of stated) note(crossing, at, field, { reason: limitsAsText, severity: 'changed' })
  note(crossing, at, 'tariff_alt_text', { reason: limitsAsText, severity: 'added' })
  const texts: readonly unknown[] = Array.isArray(tariff.tariff_alt_text) ? tariff.tariff_alt_text : []
  const text = { language: 'en', text: limitsText(tariff) }
  return withField(withoutFields(tariff, limitNames), 'tariff_alt_text', [...texts, text])
}

/** Limits of the price of a session are new. */
const limits: Step = {
  keepsShape: true,
  declares: [
    ...declareSetAside(...LIMITS),
    ...LIMITS.map((field) => ({ direction: 'down', pointer: `/${field}`, reason: limitsAsText }) as const),
    ...LIMITS.map((field) => ({ direction: 'down', pointer: `/${field}`, reason: limitsNeedPut }) as const),
    { direction: 'down', pointer: '/tariff_alt_text', reason: limitsAsText },
  ],
  up: (tariff, at, crossing) => setAsideFields(tariff, LIMITS, at, crossing),
  down: lowerLimits,
}

const VALIDITY = ['start_date_time', 'end_date_time'] as const

const instantOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? parseDateTime(value)?.epochMs : undefined

const isValidAt = (tariff: JsonObject, nowMs: number): boolean => {
  const [start, end] = VALIDITY.map((field) => instantOf(tariff[field]))
  return (start === undefined || start <= nowMs) && (end === undefined || nowMs < end)
}

/** When a tariff is valid is new: older partners get it while it is (tariffs.md 6.1). */
const validity = (atAnyTime: boolean): Step => ({
  keepsShape: true,
  declares: [
    ...declareSetAside(...VALIDITY),
    ...VALIDITY.map((field) => ({ direction: 'down', pointer: `/${field}`, reason: noDates }) as const),
    { direction: 'down', pointer: '', reason: notNow },
  ],
  up: (tariff, at, crossing) => setAsideFields(tariff, VALIDITY, at, crossing),
  down(tariff, at, crossing) {
    const { nowMs } = crossing.facts
    if (!atAnyTime && nowMs !== undefined && !isValidAt(tariff, nowMs)) return gone(crossing, at, notNow)
    return VALIDITY.reduce((rest, field) => leaveOut(rest, field, at, crossing, noDates), tariff)
  },
})

/** An element for reservations goes: without its restriction it would price charging (tariffs.md 6.3). */
const reservation: Step = {
  keepsShape: true,
  declares: [
    ...declareSetAside('reservation'),
    { direction: 'down', pointer: '', reason: forReservations },
    { direction: 'down', pointer: '/reservation', reason: forReservations },
  ],
  up: (restrictions, at, crossing) => setAsideFields(restrictions, ['reservation'], at, crossing),
  down: (restrictions, at, crossing) =>
    restrictions.reservation === undefined || restrictions.reservation === null
      ? withoutField(restrictions, 'reservation')
      : gone(crossing, at, forReservations),
}

const element = lens(
  inEach('price_components', lens(newerOnly('vat')), { atLeastOne: true }),
  inField('restrictions', lens(reservation, newerOnly('min_current'), newerOnly('max_current')), 'required'),
)

const restrictionsOf = (item: unknown): JsonObject =>
  isJsonObject(item) && isJsonObject(item.restrictions) ? item.restrictions : {}

/** Dropping an element by current would let the next one price its sessions, so the whole tariff goes. */
const currents: Step = {
  keepsShape: true,
  declares: [{ direction: 'down', pointer: '/elements/*', reason: byCurrent }],
  up: (tariff) => tariff,
  down(tariff, at, crossing) {
    const elements: readonly unknown[] = Array.isArray(tariff.elements) ? tariff.elements : []
    const index = elements.map(restrictionsOf).findIndex(({ reservation: reserved, ...rest }) => {
      const limited = isAmount(rest.min_current) || isAmount(rest.max_current)
      return limited && typeof reserved !== 'string'
    })
    return index < 0
      ? tariff
      : gone(crossing, { parent: { parent: at, key: 'elements' }, key: index }, byCurrent)
  },
}

const MIDNIGHT = '00:00'

/** The element, or the two that say the same without a window that passes midnight (tariffs.md 4.4, 6.3). */
const daysOf = (item: unknown): readonly unknown[] => {
  if (!isJsonObject(item) || !isJsonObject(item.restrictions)) return [item]
  const { start_time: start, end_time: end } = item.restrictions
  if (typeof end !== 'string') return [item]
  const untilMidnight = withField(item, 'restrictions', withoutField(item.restrictions, 'end_time'))
  if (end === MIDNIGHT) return [untilMidnight]
  if (typeof start !== 'string' || start <= end) return [item]
  const morning = withField(item, 'restrictions', withoutField(item.restrictions, 'start_time'))
  return [untilMidnight, morning]
}

/** Windows over midnight, which the older version does not define. */
const nights: Step = {
  keepsShape: true,
  declares: [{ direction: 'down', pointer: '/elements', reason: overMidnight }],
  up: (tariff) => tariff,
  down(tariff, at, crossing) {
    const { elements } = tariff
    if (!Array.isArray(elements)) return tariff
    const split = elements.flatMap(daysOf)
    if (split.length === elements.length && split.every((item, index) => item === elements[index]))
      return tariff
    note(crossing, at, 'elements', { reason: overMidnight, severity: 'changed' })
    return withField(tariff, 'elements', split)
  },
}

const tariffLens = (embedded: boolean): Lens =>
  lens(
    wholeSeconds(Tariff),
    owner,
    typeStep(embedded),
    limits,
    validity(embedded),
    nights,
    inEach('elements', element, { atLeastOne: true }),
    currents,
    inField('energy_mix', energyMix),
  )

/** Tariff: owner, type, limits, validity, VAT and restrictions by current and reservation are new (tariffs.md 6). */
export const tariff = tariffLens(false)

/** The tariff of a CDR: it was the right one for that session, whatever its type and time. */
export const embeddedTariff = tariffLens(true)
