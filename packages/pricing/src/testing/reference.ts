import type { ocpi230 } from '@interwatt/protocol'
import { DEFAULT_POLICY, type PricingPolicy } from '../policy/policy.js'
import {
  ceiling,
  compare,
  type Fraction,
  fractionOf,
  isZero,
  minus,
  nearest,
  over,
  plus,
  times,
  whole,
  ZERO,
} from './fraction.js'

/**
 * Section 4 of the tariff rules written down a second time, as plainly as it reads: one consumption after the other,
 * decimals as fractions, wall time from `Intl`. It shares no code with the engine and has no care for speed.
 */

type Dimension = ocpi230.PriceComponent['type']
type Volume = 'ENERGY' | 'TIME' | 'PARKING_TIME'

export interface ReferenceSession {
  readonly start_date_time: string
  readonly end_date_time: string
  readonly charging_periods: readonly ocpi230.ChargingPeriod[]
  readonly time_zone?: string | undefined
  readonly session_id?: string | undefined
}

export interface ReferencePrice {
  readonly net: Fraction | undefined
  readonly gross: Fraction | undefined
  /** After limits. */
  readonly limited: { readonly net: Fraction | undefined; readonly gross: Fraction | undefined }
}

interface Wall {
  readonly time: string
  readonly date: string
  readonly weekday: string
}

interface Moment {
  readonly instant: number
  readonly wall: Wall
  readonly yesterday: Wall
  readonly elapsedSeconds: Fraction
  readonly energy: Fraction
  readonly lowPower: Fraction | undefined
  readonly highPower: Fraction | undefined
  readonly lowCurrent: Fraction | undefined
  readonly highCurrent: Fraction | undefined
}

/** Something used up at one moment and what prices it. */
interface Use {
  readonly family: 'charging' | 'reservation'
  readonly dimension: Volume
  readonly amount: Fraction
  readonly component: ocpi230.PriceComponent | undefined
  readonly tariff: ocpi230.Tariff | undefined
}

const HOUR = whole(3600)

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  formats.set(zone, format)
  return format
}

const wallAt = (instant: number, zone: string | undefined): Wall => {
  const parts = formatOf(zone ?? 'UTC').formatToParts(instant)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return {
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: part('weekday').toUpperCase(),
  }
}

const within = (value: Fraction, low: number | undefined, high: number | undefined): boolean =>
  (low === undefined || compare(value, fractionOf(low)) >= 0) &&
  (high === undefined || compare(value, fractionOf(high)) < 0)

const flows = (
  low: Fraction | undefined,
  high: Fraction | undefined,
  bounds: readonly [number | undefined, number | undefined],
  policy: PricingPolicy,
): boolean => {
  const [min, max] = bounds
  if (low === undefined || high === undefined)
    return policy.unknown_power === 'holds' || (min === undefined && max === undefined)
  const [lowest, highest] = policy.flow_bounds === 'any' ? [high, low] : [low, high]
  return within(lowest, min, undefined) && within(highest, undefined, max)
}

const holds = (element: ocpi230.TariffElement, at: Moment, policy: PricingPolicy): boolean => {
  const r = element.restrictions
  if (r === undefined) return true
  const start = r.start_time
  const end = r.end_time === '00:00' ? undefined : r.end_time
  let wall = at.wall
  const sameTime = (start ?? '00:00') === (r.end_time ?? '00:00')
  if (!sameTime) {
    const { time } = at.wall
    const after = start === undefined || time >= `${start}:00`
    const before = end === undefined || time < `${end}:00`
    const pastMidnight = start !== undefined && end !== undefined && end < start
    if (!(pastMidnight ? after || before : after && before)) return false
    if (pastMidnight && !after && policy.window_day === 'start') wall = at.yesterday
  }
  if (r.start_date !== undefined && wall.date < r.start_date) return false
  if (r.end_date !== undefined && wall.date >= r.end_date) return false
  const days: readonly string[] = r.day_of_week ?? []
  if (days.length > 0 && !days.includes(wall.weekday)) return false
  return (
    within(at.energy, r.min_kwh, r.max_kwh) &&
    within(at.elapsedSeconds, r.min_duration, r.max_duration) &&
    flows(at.lowPower, at.highPower, [r.min_power, r.max_power], policy) &&
    flows(at.lowCurrent, at.highCurrent, [r.min_current, r.max_current], policy)
  )
}

type Kind = 'ORDINARY' | 'RESERVATION' | 'RESERVATION_EXPIRES'

const find = (
  tariff: ocpi230.Tariff | undefined,
  kinds: readonly Kind[],
  dimension: Dimension,
  at: Moment,
  policy: PricingPolicy,
): ocpi230.PriceComponent | undefined => {
  for (const kind of kinds)
    for (const element of tariff?.elements ?? []) {
      if ((element.restrictions?.reservation ?? 'ORDINARY') !== kind) continue
      const component = element.price_components.find(({ type }) => type === dimension)
      if (component !== undefined && holds(element, at, policy)) return component
    }
  return undefined
}

/** Hours as stated, or those between the time stamps when they agree within a second. */
const hoursOf = (stated: Fraction, seconds: Fraction): Fraction => {
  const difference = minus(times(stated, HOUR), seconds)
  const apart = compare(difference, ZERO) < 0 ? minus(ZERO, difference) : difference
  return !isZero(stated) && compare(apart, whole(1)) < 0 ? over(seconds, HOUR) : stated
}

interface Walked {
  readonly uses: readonly Use[]
  readonly fees: readonly { component: ocpi230.PriceComponent; tariff: ocpi230.Tariff }[]
  readonly charged: boolean
  readonly lastTariff: ocpi230.Tariff | undefined
}

const walk = (
  session: ReferenceSession,
  tariffs: readonly ocpi230.Tariff[],
  policy: PricingPolicy,
): Walked => {
  const periods = session.charging_periods
    .map((period) => ({ period, start: Date.parse(period.start_date_time) }))
    .sort((a, b) => a.start - b.start)
  const anyCharging = periods.some(({ period }) =>
    period.dimensions.some(({ type }) => ['ENERGY', 'TIME', 'PARKING_TIME'].includes(type)),
  )
  const expired = session.session_id === undefined && !anyCharging
  const uses: Use[] = []
  const fees: { component: ocpi230.PriceComponent; tariff: ocpi230.Tariff }[] = []
  const flatFamilies = new Set<string>()
  let energy = ZERO
  let chargingStart: number | undefined
  let charged = false
  let lastTariff: ocpi230.Tariff | undefined
  for (const [index, { period, start }] of periods.entries()) {
    const end = periods[index + 1]?.start ?? Date.parse(session.end_date_time)
    const seconds = over(whole(Math.max(0, end - start)), whole(1000))
    const sum = (wanted: string): Fraction =>
      period.dimensions
        .filter(({ type }) => type === wanted)
        .reduce((total, { volume }) => plus(total, fractionOf(volume)), ZERO)
    const last = (wanted: string): Fraction | undefined => {
      const volume = period.dimensions.findLast(({ type }) => type === wanted)?.volume
      return volume === undefined ? undefined : fractionOf(volume)
    }
    const types = new Set(period.dimensions.map(({ type }) => type))
    const ofSession = types.has('ENERGY') || types.has('TIME') || types.has('PARKING_TIME')
    const charging = ofSession || !types.has('RESERVATION_TIME')
    if (charging && chargingStart === undefined)
      chargingStart = index === 0 ? Math.min(start, Date.parse(session.start_date_time)) : start
    const used = {
      ENERGY: sum('ENERGY'),
      TIME: hoursOf(sum('TIME'), seconds),
      PARKING_TIME: hoursOf(sum('PARKING_TIME'), seconds),
    }
    const idle = isZero(used.ENERGY) && isZero(sum('TIME')) && compare(sum('PARKING_TIME'), ZERO) > 0
    const hours = isZero(sum('TIME')) ? over(seconds, HOUR) : used.TIME
    const average = isZero(used.ENERGY) || compare(hours, ZERO) <= 0 ? undefined : over(used.ENERGY, hours)
    const resting = idle ? ZERO : undefined
    const power = last('POWER') ?? average
    const current = last('CURRENT')
    const at: Moment = {
      instant: start,
      wall: wallAt(start, session.time_zone),
      yesterday: wallAt(start - 86_400_000, session.time_zone),
      elapsedSeconds: charging ? over(whole(start - (chargingStart ?? start)), whole(1000)) : ZERO,
      energy,
      lowPower: last('MIN_POWER') ?? power ?? last('MAX_POWER') ?? resting,
      highPower: last('MAX_POWER') ?? power ?? last('MIN_POWER') ?? resting,
      lowCurrent: last('MIN_CURRENT') ?? current ?? last('MAX_CURRENT') ?? resting,
      highCurrent: last('MAX_CURRENT') ?? current ?? last('MIN_CURRENT') ?? resting,
    }
    const tariff =
      period.tariff_id === undefined
        ? tariffs.length === 1
          ? tariffs[0]
          : undefined
        : tariffs.find(({ id }) => id === period.tariff_id)
    lastTariff = tariff ?? lastTariff
    const take = (family: Use['family'], kinds: readonly Kind[]): void => {
      const groups =
        family === 'reservation' && expired && policy.expired_flat === 'both'
          ? kinds.map((kind) => [kind])
          : [kinds]
      if (policy.flat === 'each' || !flatFamilies.has(family))
        for (const group of groups) {
          const component = find(tariff, group, 'FLAT', at, policy)
          if (component === undefined || tariff === undefined) continue
          flatFamilies.add(family)
          if (!fees.some((fee) => fee.component === component)) fees.push({ component, tariff })
        }
    }
    const reserved = hoursOf(sum('RESERVATION_TIME'), seconds)
    if (!isZero(reserved)) {
      const kinds: readonly Kind[] = expired ? ['RESERVATION_EXPIRES', 'RESERVATION'] : ['RESERVATION']
      take('reservation', kinds)
      const component = find(tariff, kinds, 'TIME', at, policy)
      uses.push({ family: 'reservation', dimension: 'TIME', amount: reserved, component, tariff })
    }
    if (charging) {
      charged = true
      take('charging', ['ORDINARY'])
      for (const dimension of ['ENERGY', 'TIME', 'PARKING_TIME'] as const)
        if (!isZero(used[dimension])) {
          const component = find(tariff, ['ORDINARY'], dimension, at, policy)
          uses.push({ family: 'charging', dimension, amount: used[dimension], component, tariff })
        }
    }
    energy = plus(energy, used.ENERGY)
  }
  return { uses, fees, charged, lastTariff }
}

/** What one lane of uses has to be billed on top, and by which of them. */
const stepOf = (uses: readonly Use[], all: boolean): { readonly use: Use; readonly extra: Fraction }[] => {
  const use = uses.findLast(({ component }) => component !== undefined)
  if (use?.component === undefined) return []
  const counted = uses.filter(({ component }) => all || component !== undefined)
  const total = counted.reduce((sum, { amount }) => plus(sum, amount), ZERO)
  if (compare(total, ZERO) <= 0) return []
  // In seconds, or in tenths of a watt-hour.
  const energy = use.dimension === 'ENERGY'
  const unit = energy ? whole(10_000) : HOUR
  const clean = whole(nearest(times(total, unit)))
  const step = whole(Math.max(1, use.component.step_size) * (energy ? 10 : 1))
  const billed = over(times(whole(ceiling(over(clean, step))), step), unit)
  return [{ use, extra: minus(billed, total) }]
}

const stepsOf = (uses: readonly Use[], policy: PricingPolicy) => {
  const lane = (family: Use['family'], dimension: Volume): readonly Use[] =>
    uses.filter((use) => use.family === family && use.dimension === dimension)
  const all = policy.step_base === 'all'
  const timed = uses.filter(
    ({ family, dimension, component }) =>
      family === 'charging' && dimension !== 'ENERGY' && component !== undefined,
  )
  const parkingPriced = timed.some(({ dimension }) => dimension === 'PARKING_TIME')
  const last = timed.at(-1)?.dimension ?? 'TIME'
  const rounded: readonly Volume[] =
    policy.time_step === 'each'
      ? ['TIME', 'PARKING_TIME']
      : policy.time_step === 'parking' && parkingPriced
        ? ['PARKING_TIME']
        : [last]
  return [
    ...stepOf(lane('charging', 'ENERGY'), all),
    ...rounded.flatMap((dimension) => stepOf(lane('charging', dimension), all)),
    ...stepOf(lane('reservation', 'TIME'), false),
  ]
}

type Sides = ReferencePrice['limited']

const sidesOf = (
  amount: Fraction,
  component: ocpi230.PriceComponent,
  tariff: ocpi230.Tariff,
  missing: 'none' | 'unknown',
): Sides => {
  const stated = times(amount, fractionOf(component.price))
  if (isZero(fractionOf(component.price)) || tariff.tax_included === 'N/A')
    return { net: stated, gross: stated }
  const rate =
    component.vat === undefined ? undefined : plus(whole(1), over(fractionOf(component.vat), whole(100)))
  const other =
    rate === undefined
      ? missing === 'none'
        ? stated
        : undefined
      : tariff.tax_included === 'YES'
        ? over(stated, rate)
        : times(stated, rate)
  return tariff.tax_included === 'YES' ? { net: other, gross: stated } : { net: stated, gross: other }
}

const total = (sides: readonly (Fraction | undefined)[]): Fraction | undefined =>
  sides.reduce<Fraction | undefined>(
    (sum, side) => (sum === undefined || side === undefined ? undefined : plus(sum, side)),
    ZERO,
  )

const limit = (
  sides: Sides,
  bound: ocpi230.PriceLimit | undefined,
  worse: (a: Fraction, b: Fraction) => boolean,
  scales: boolean,
): Sides => {
  if (bound === undefined) return sides
  const clamp = (value: Fraction, to: number): Fraction => {
    const target = fractionOf(to)
    return worse(value, target) ? target : value
  }
  const net = sides.net === undefined ? undefined : clamp(sides.net, bound.before_taxes)
  if (sides.gross === undefined) return { net, gross: undefined }
  if (bound.after_taxes !== undefined) return { net, gross: clamp(sides.gross, bound.after_taxes) }
  if (!scales || net === undefined || sides.net === undefined || compare(net, sides.net) === 0)
    return { net, gross: sides.gross }
  return { net, gross: isZero(sides.net) ? net : over(times(sides.gross, net), sides.net) }
}

/** Without a tax below nothing that was none before: a minimum raises, a maximum lowers. */
const untaxed = (before: Sides, after: Sides, raises: boolean): Sides => {
  const negative = ({ net, gross }: Sides): boolean =>
    net !== undefined && gross !== undefined && compare(gross, net) < 0
  if (!negative(after) || negative(before)) return after
  return raises ? { net: after.net, gross: after.net } : { net: after.gross, gross: after.gross }
}

/** The price before rounding. `missing` says what a component without `vat` means. */
export const referencePrice = (
  session: ReferenceSession,
  tariffs: readonly ocpi230.Tariff[],
  given: Partial<PricingPolicy> = {},
  missing: 'none' | 'unknown' = 'unknown',
): ReferencePrice => {
  const policy = { ...DEFAULT_POLICY, ...given }
  const { uses, fees, charged, lastTariff } = walk(session, tariffs, policy)
  const sides = [
    ...fees.map(({ component, tariff }) => sidesOf(whole(1), component, tariff, missing)),
    ...[...uses, ...stepsOf(uses, policy).map(({ use, extra }) => ({ ...use, amount: extra }))].flatMap(
      ({ amount, component, tariff }) =>
        component === undefined || tariff === undefined ? [] : [sidesOf(amount, component, tariff, missing)],
    ),
  ]
  const sum = { net: total(sides.map(({ net }) => net)), gross: total(sides.map(({ gross }) => gross)) }
  const scales = policy.limit_without_gross === 'scale'
  const tariff = lastTariff ?? tariffs[0]
  const minimum = charged ? tariff?.min_price : undefined
  const raised = untaxed(
    sum,
    limit(sum, minimum, (a, b) => compare(a, b) < 0, scales),
    true,
  )
  const lowered = limit(raised, tariff?.max_price, (a, b) => compare(a, b) > 0, scales)
  return { ...sum, limited: untaxed(raised, lowered, false) }
}
