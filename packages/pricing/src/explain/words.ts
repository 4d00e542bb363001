import type { Charged } from './charged.js'
import type { ConditionKind } from './condition.js'

/** Texts for an interval, by the ends it has. */
export interface Between {
  readonly both: (from: string, to: string) => string
  readonly from: (from: string) => string
  readonly to: (to: string) => string
}

/** How durations, times of day and dates are written. */
export interface Units {
  readonly hour: string
  readonly minute: string
  readonly second: string
  /** A time of day `HH:MM`; `24:00` ends a day. */
  readonly clock: (hours: string, minutes: string) => string
}

/** Prices and taxes. Amounts come with their currency. */
export interface PriceWords {
  readonly perKwh: (price: string) => string
  readonly perHour: (price: string) => string
  /** A price for time that has a plain price for a minute. */
  readonly perMinute: (perMinute: string, perHour: string) => string
  readonly once: (price: string) => string
  readonly free: string
  readonly at: (price: string) => string
  /** A fee of that price. */
  readonly of: (price: string) => string
  readonly plusTax: (price: string, rate: string) => string
}

/** Sentences about a session that was priced. */
export interface SessionWords {
  /** What was charged; quantity is empty for fees, `at` says the price: `at …`, or `of …` for fees. The amount follows. */
  readonly charged: Readonly<Record<Charged, (quantity: string, at: string) => string>>
  /** In place of a price of 0. */
  readonly free: string
  readonly unpriced: Readonly<
    Record<'energy' | 'time' | 'parking' | 'reservation', (quantity: string) => string>
  >
  readonly roundedUp: (billed: string, step: string) => string
  /** Where a total over several prices was rounded up. */
  readonly totalRoundedUp: (billed: string, step: string) => string
  readonly notApplied: (name: string, condition: string, found: string) => string
  /** What was so instead of what a price asks for, as half a sentence. */
  readonly found: Readonly<Record<ConditionKind, (value: string) => string>>
  readonly minimum: string
  readonly maximum: string
  readonly rounding: string
  readonly nothing: string
  readonly total: (amount: string) => string
  readonly totalBeforeTaxes: (amount: string) => string
  readonly totalUnknown: string
  readonly includedTax: (amount: string, name: string, rate: string) => string
  /** The taxes in a total, already joined. */
  readonly includedTaxes: (taxes: string) => string
  readonly noTax: string
  /** Where a price includes a tax of which the rate is not known. */
  readonly taxUnknown: string
  /** A sentence without its full stop, and its amount. */
  readonly withAmount: (text: string, amount: string) => string
}

/** Sentences about a tariff. */
export interface TariffWords {
  readonly free: string
  readonly line: (name: string, text: string) => string
  readonly otherwise: (text: string) => string
  readonly unpricedOtherwise: string
  readonly blocks: (name: string, step: string) => string
  readonly minimum: (amount: string) => string
  readonly maximum: (amount: string) => string
  readonly beforeTaxes: (amount: string) => string
  readonly taxIncluded: (rates: string) => string
  readonly taxIncludedRateUnknown: string
  readonly taxExtra: string
  readonly noTax: string
  readonly validity: Between
  readonly localTimes: string
  readonly localTimesIn: (timeZone: string) => string
  readonly types: Readonly<
    Record<'AD_HOC_PAYMENT' | 'PROFILE_CHEAP' | 'PROFILE_FAST' | 'PROFILE_GREEN' | 'REGULAR', string>
  >
  readonly more: (url: string) => string
}

/** Headings and words of the table for operators. */
export interface TableWords {
  readonly header: Readonly<
    Record<'what' | 'measured' | 'billed' | 'price' | 'before_taxes' | 'after_taxes' | 'why', string>
  >
  readonly minimum: string
  readonly maximum: string
  readonly rounding: string
  readonly total: string
  readonly notPriced: string
  readonly component: (pointer: string, tariff: string) => string
  readonly step: (size: string) => string
  readonly passedOver: (pointer: string, restriction: string, found: string) => string
}

/** Everything a language says. Without all of it the language does not compile. */
export interface Words {
  /** Locale that numbers, amounts and dates are written in. */
  readonly locale: string
  readonly units: Units
  /** The tax that documents call VAT. */
  readonly vat: string
  readonly names: Readonly<Record<Charged, string>>
  readonly conditions: Readonly<Record<Exclude<ConditionKind, 'weekday'>, Between>> & {
    /** Weekdays, already joined; those of a range say themselves how they are joined. */
    readonly weekday: (days: string) => string
  }
  /** One weekday among others, with its article where the language has one. */
  readonly day: (name: string) => string
  /** Consecutive weekdays, three or more. */
  readonly dayRange: (first: string, last: string) => string
  readonly price: PriceWords
  readonly session: SessionWords
  readonly tariff: TariffWords
  readonly table: TableWords
}
