import { divideRounded } from '../exact/money.js'
import type { CompiledTariffs, Component, Limit } from '../tariff/compile-tariffs.js'
import type { Charge } from './measure.js'

/** An amount without and with tax, in units of 1/denominator of the tariffs; undefined where it is not known. */
export interface Amount {
  readonly net: bigint | undefined
  readonly gross: bigint | undefined
}

/** What a part of a session is for, as the totals of a CDR name them (4.9). */
export type Part = 'fixed' | 'energy' | 'time' | 'parking' | 'reservation'

export const PARTS: readonly Part[] = ['fixed', 'energy', 'time', 'parking', 'reservation']

export const NOTHING: Amount = { net: 0n, gross: 0n }

const sum = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || b === undefined ? undefined : a + b

/** Exact sum; a side that one of them does not know is not known. */
export const addAmounts = (a: Amount, b: Amount): Amount =>
  a === NOTHING ? b : b === NOTHING ? a : { net: sum(a.net, b.net), gross: sum(a.gross, b.gross) }

const PART_OF_DIMENSION = { FLAT: 'fixed', ENERGY: 'energy', TIME: 'time', PARKING_TIME: 'parking' } as const

/** The part a component belongs to: everything of reservations and bookings is one part, flat fees included. */
export const partOf = ({ kind, dimension }: Component): Part =>
  kind === 'ORDINARY' ? PART_OF_DIMENSION[dimension] : 'reservation'

/** The exact amount of a charge. */
export const amountOf = ({ component, billed }: Charge): Amount => {
  const quantity = BigInt(billed)
  const { netFactor, grossFactor } = component
  return {
    net: netFactor === undefined ? undefined : quantity * netFactor,
    gross: grossFactor === undefined ? undefined : quantity * grossFactor,
  }
}

/** The amount rounded to the digits of the policy, still in units of 1/denominator. */
export const roundAmount = (amount: Amount, compiled: CompiledTariffs): Amount => {
  const { unit } = compiled
  const rounded = (value: bigint | undefined): bigint | undefined =>
    value === undefined ? undefined : divideRounded(value, unit, compiled.policy.rounding_mode) * unit
  return { net: rounded(amount.net), gross: rounded(amount.gross) }
}

/** What a limit did to a total. */
export interface Limited {
  readonly total: Amount
  /** Which limits changed something. */
  readonly applied: readonly ('min_price' | 'max_price')[]
}

const clampedGross = (
  gross: bigint | undefined,
  limit: Limit,
  net: { readonly before: bigint | undefined; readonly after: bigint | undefined },
  clamp: (value: bigint, bound: bigint) => bigint,
  scales: boolean,
): bigint | undefined => {
  if (gross === undefined) return undefined
  if (limit.gross !== undefined) return clamp(gross, limit.gross)
  const { before, after } = net
  if (!scales || before === undefined || after === undefined || before === after) return gross
  // In proportion (4.9). Rounded to the unit of account, some 10^-13 of a cent or finer.
  return before === 0n
    ? after
    : divideRounded(gross * after, before < 0n ? -before : before, 'half-up') * (before < 0n ? -1n : 1n)
}

const belowNet = (net: bigint | undefined, gross: bigint | undefined): boolean =>
  net !== undefined && gross !== undefined && gross < net

/** Applies the limits to each side on its own: the minimum first, the maximum last (4.9). */
export const applyLimits = (
  total: Amount,
  limits: { readonly minPrice: Limit | undefined; readonly maxPrice: Limit | undefined },
  scales: boolean,
): Limited => {
  const applied: ('min_price' | 'max_price')[] = []
  let { net, gross } = total
  const apply = (
    limit: Limit | undefined,
    name: 'min_price' | 'max_price',
    clamp: (value: bigint, bound: bigint) => bigint,
  ) => {
    if (limit === undefined) return
    const before = { net, gross }
    net = net === undefined ? undefined : clamp(net, limit.net)
    gross = clampedGross(gross, limit, { before: before.net, after: net }, clamp, scales)
    if (belowNet(net, gross) && !belowNet(before.net, before.gross)) {
      // A limit that contradicts itself makes no negative tax: a minimum raises, a maximum lowers both (4.9).
      if (name === 'min_price') gross = net
      else net = gross
    }
    if (net !== before.net || gross !== before.gross) applied.push(name)
  }
  apply(limits.minPrice, 'min_price', (value, bound) => (value < bound ? bound : value))
  apply(limits.maxPrice, 'max_price', (value, bound) => (value > bound ? bound : value))
  return { total: { net, gross }, applied }
}
