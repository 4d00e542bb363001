import { OutOfRange, TooLong } from '../exact/grid.js'
import { cutSegments } from '../session/cut-segments.js'
import { UnreadableTime } from '../session/instant.js'
import { type Segment, segmentsOf } from '../session/segments.js'
import { outcomeOf, type SessionToPrice } from '../session/session.js'
import type { CompiledTariffs, Refusal } from '../tariff/compile-tariffs.js'
import { zoneClock } from '../zone/zone-clock.js'
import {
  type Amount,
  addAmounts,
  amountOf,
  applyLimits,
  type Limited,
  NOTHING,
  type Part,
  partOf,
  roundAmount,
} from './amounts.js'
import { type Charge, type Measured, measure, type Unpriced } from './measure.js'

/** One line of a price: what one component charges, exactly. */
export interface Line {
  readonly charge: Charge
  readonly part: Part
  /** Rounded only where the policy rounds lines. */
  readonly amount: Amount
}

/** What a session costs. Amounts are exact, in units of 1/denominator; `publish` turns them into documents. */
export interface SessionPrice {
  readonly kind: 'priced'
  readonly compiled: CompiledTariffs
  readonly segments: readonly Segment[]
  readonly lines: readonly Line[]
  readonly unpriced: readonly Unpriced[]
  readonly parts: Readonly<Record<Part, Amount>>
  /** The sum of the parts, before limits. */
  readonly subtotal: Amount
  /** With limits, rounded. */
  readonly total: Amount
  /** With limits, not rounded. */
  readonly exactTotal: Amount
  readonly limits: Limited['applied']
}

/** A price, or why there is none. */
export type PriceOutcome = SessionPrice | Refusal

const refused = (code: Refusal['code'], message: string): Refusal => ({ kind: 'refused', code, message })

/**
 * The limits of the tariff in force at the end; a reservation that expired or a booking that was cancelled, without a
 * session, has no minimum (4.8, 4.9).
 */
const limitsFor = (compiled: CompiledTariffs, segments: readonly Segment[], cancelled: boolean) => {
  const charged = !cancelled && segments.some(({ charging }) => charging)
  const last = segments.findLast(({ tariffIndex }) => tariffIndex >= 0)
  const tariff = compiled.tariffs[last?.tariffIndex ?? 0]
  return { minPrice: charged ? tariff?.minPrice : undefined, maxPrice: tariff?.maxPrice }
}

/** The amount, when it is one whose decimals a JSON number shows without doubt. Throws `OutOfRange`. */
const checked = (amount: Amount, { largest }: CompiledTariffs): Amount => {
  const { net = 0n, gross = 0n } = amount
  if (net > largest || gross > largest || -net > largest || -gross > largest)
    throw new OutOfRange('an amount is larger than any session costs')
  return amount
}

const totalsOf = (
  compiled: CompiledTariffs,
  charges: readonly Charge[],
): { readonly lines: readonly Line[]; readonly parts: Record<Part, Amount>; readonly subtotal: Amount } => {
  const { rounding_point } = compiled.policy
  const parts: Record<Part, Amount> = {
    fixed: NOTHING,
    energy: NOTHING,
    time: NOTHING,
    parking: NOTHING,
    reservation: NOTHING,
  }
  const lines = charges.map((charge): Line => {
    const exact = amountOf(charge)
    const amount = rounding_point === 'line' ? roundAmount(exact, compiled) : exact
    const part = partOf(charge.component)
    parts[part] = addAmounts(parts[part], checked(amount, compiled))
    return { charge, part, amount }
  })
  if (rounding_point === 'part') {
    parts.fixed = roundAmount(parts.fixed, compiled)
    parts.energy = roundAmount(parts.energy, compiled)
    parts.time = roundAmount(parts.time, compiled)
    parts.parking = roundAmount(parts.parking, compiled)
    parts.reservation = roundAmount(parts.reservation, compiled)
  }
  const subtotal = addAmounts(addAmounts(parts.fixed, parts.energy), addAmounts(parts.time, parts.parking))
  return { lines, parts, subtotal: checked(addAmounts(subtotal, parts.reservation), compiled) }
}

/** The price of charges that were collected over segments: amounts, parts, limits, rounding (4.9). Throws `OutOfRange`. */
export const priceCharges = (
  compiled: CompiledTariffs,
  segments: readonly Segment[],
  { charges, unpriced }: Pick<Measured, 'charges' | 'unpriced'>,
  cancelled = false,
): SessionPrice => {
  const { lines, parts, subtotal } = totalsOf(compiled, charges)
  const limited = applyLimits(
    subtotal,
    limitsFor(compiled, segments, cancelled),
    compiled.policy.limit_without_gross === 'scale',
  )
  checked(limited.total, compiled)
  return {
    kind: 'priced',
    compiled,
    segments,
    lines,
    unpriced,
    parts,
    subtotal,
    total: roundAmount(limited.total, compiled),
    exactTotal: limited.total,
    limits: limited.applied,
  }
}

const price = (session: SessionToPrice, compiled: CompiledTariffs): PriceOutcome => {
  const local =
    compiled.needsTimeZone && session.time_zone !== undefined ? zoneClock(session.time_zone) : undefined
  if (compiled.needsTimeZone && local === undefined)
    return refused(
      'time-zone-unknown',
      session.time_zone === undefined
        ? 'the tariff depends on local time and the time zone of the location is not known'
        : `"${session.time_zone.slice(0, 60)}" is no IANA time zone`,
    )
  const given = segmentsOf(session, compiled)
  const segments = compiled.policy.borders === 'cut' ? cutSegments(given, compiled, local) : given
  const cancelled = outcomeOf(session) === 'cancelled'
  return priceCharges(compiled, segments, measure(compiled, segments, local, cancelled), cancelled)
}

/** What pricing gives, or the refusal that it throws. Anything else thrown is a bug and goes on. */
export const priceOrRefusal = (pricing: () => PriceOutcome): PriceOutcome => {
  try {
    return pricing()
  } catch (error) {
    if (error instanceof OutOfRange) return refused('number-out-of-range', error.message)
    if (error instanceof TooLong) return refused('too-long', error.message)
    if (error instanceof UnreadableTime) return refused('time-unreadable', error.message)
    throw error
  }
}

/**
 * Prices a session or CDR with tariffs made ready by `compileTariffs` (tariffs section 4). Refuses what cannot be
 * priced: an unknown time zone where local time matters, unreadable times, numbers no meter shows and no session costs,
 * cutting periods of years. Never throws.
 */
export const priceSession = (session: SessionToPrice, compiled: CompiledTariffs): PriceOutcome =>
  priceOrRefusal(() => price(session, compiled))
