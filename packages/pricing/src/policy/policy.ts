import type { VersionId } from '@interwatt/protocol'
import type { RoundingMode } from '../exact/money.js'

/**
 * What the specification leaves open, decided by name. Every choice has a default and can be made per partner;
 * `docs/pricing.md` says what each one is for and who computes which way.
 */
export interface PricingPolicy {
  /** What is rounded to the digits of the currency: totals once, each part before it is added up, or each line (TYP-030). */
  readonly rounding_point: 'total' | 'part' | 'line'
  readonly rounding_mode: RoundingMode
  /** Decimals of published amounts: those of the currency, or a number. */
  readonly rounding_digits: 'currency' | 0 | 1 | 2 | 3 | 4 | 5 | 6
  /** Which of TIME and PARKING_TIME `step_size` rounds: the one priced last, parking whenever there is any, or each (4.7). */
  readonly time_step: 'last' | 'parking' | 'each'
  /** Whether volumes without a price count when the last one is rounded up (E-14c). */
  readonly step_base: 'priced' | 'all'
  /** Several FLAT components in one session: the first alone, or each different one once (4.6). */
  readonly flat: 'first' | 'each'
  /** An expired reservation with FLAT in RESERVATION_EXPIRES and RESERVATION: the former alone, or both (4.8). */
  readonly expired_flat: 'expires' | 'both'
  /** A component without `vat`: as its version says, no tax, or not known (4.9, T-09). */
  readonly missing_vat: 'by-version' | 'none' | 'unknown'
  /** A window past midnight: the weekday and date of each moment, or those of the day it began (4.4). */
  readonly window_day: 'moment' | 'start'
  /** Power or current that nothing tells: the restriction holds, or it does not (4.4). */
  readonly unknown_power: 'holds' | 'fails'
  /** A period with a lowest and a highest power or current: all of it has to lie within the bounds, or any of it (4.4). */
  readonly flow_bounds: 'whole' | 'any'
  /** Restrictions are tested where periods start, or also where they flip inside of one (4.3). */
  readonly borders: 'given' | 'cut'
  /** A limit that says nothing after taxes: change that side in proportion, or leave it (4.9). */
  readonly limit_without_gross: 'scale' | 'leave'
}

/** What applies where nothing else is said: the reading of `docs/pricing.md`, which gives all figures of the specification. */
export const DEFAULT_POLICY: PricingPolicy = {
  rounding_point: 'total',
  rounding_mode: 'half-up',
  rounding_digits: 'currency',
  time_step: 'last',
  step_base: 'priced',
  flat: 'first',
  expired_flat: 'expires',
  missing_vat: 'by-version',
  window_day: 'moment',
  unknown_power: 'holds',
  flow_bounds: 'whole',
  borders: 'given',
  limit_without_gross: 'scale',
}

/** Every choice of every policy; the first is the default. */
export const POLICY_CHOICES: {
  readonly [Name in keyof PricingPolicy]: readonly PricingPolicy[Name][]
} = {
  rounding_point: ['total', 'part', 'line'],
  rounding_mode: ['half-up', 'half-even', 'up', 'down'],
  rounding_digits: ['currency', 0, 1, 2, 3, 4, 5, 6],
  time_step: ['last', 'parking', 'each'],
  step_base: ['priced', 'all'],
  flat: ['first', 'each'],
  expired_flat: ['expires', 'both'],
  missing_vat: ['by-version', 'none', 'unknown'],
  window_day: ['moment', 'start'],
  unknown_power: ['holds', 'fails'],
  flow_bounds: ['whole', 'any'],
  borders: ['given', 'cut'],
  limit_without_gross: ['scale', 'leave'],
}

/** What a component without `vat` means in each version: 2.1.1 has no taxes at all, 2.2.1 says none apply (T-09). */
export const MISSING_VAT: Readonly<Record<VersionId, 'none' | 'unknown'>> = {
  '2.1.1': 'unknown',
  '2.2.1': 'none',
  '2.3.0': 'unknown',
}

/** A policy read from texts, or what is wrong with them, in words for whoever wrote them. */
export type ReadPolicy =
  | { readonly ok: true; readonly policy: Partial<PricingPolicy> }
  | { readonly ok: false; readonly message: string }

const isPolicyName = (name: string): name is keyof PricingPolicy => Object.hasOwn(POLICY_CHOICES, name)

/** Reads `name → value` pairs, values as text or as they are in JSON. Names with `-` mean those with `_`. */
export const readPolicy = (given: Readonly<Record<string, unknown>>): ReadPolicy => {
  const entries: [string, string | number][] = []
  for (const [spelt, value] of Object.entries(given)) {
    const name = spelt.replaceAll('-', '_')
    if (!isPolicyName(name)) {
      const names = Object.keys(POLICY_CHOICES).join(', ')
      return { ok: false, message: `there is no pricing policy "${spelt}"; known are ${names}` }
    }
    const choices: readonly (string | number)[] = POLICY_CHOICES[name]
    const choice = choices.find((candidate) => String(candidate) === String(value))
    if (choice === undefined)
      return { ok: false, message: `policy ${name} is one of ${choices.join(', ')}, not "${String(value)}"` }
    entries.push([name, choice])
  }
  return { ok: true, policy: Object.fromEntries(entries) }
}
