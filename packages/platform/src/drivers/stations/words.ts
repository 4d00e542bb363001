import type { Language, PriceReason } from '@interwatt/pricing'
import type { StaleReason } from './freshness.rules.js'
import { de } from './words-de.js'
import { en } from './words-en.js'
import { fr } from './words-fr.js'
import { nl } from './words-nl.js'

/** Why there is no price. */
export type NoPrice =
  | 'no-tariff'
  | 'power-unknown'
  | 'time-zone-unknown'
  | 'currencies-differ'
  | 'plan-impossible'
  | 'battery-unknown'
  | 'does-not-fit'
  | 'place-unknown'
  | 'not-priceable'

/** Why something cannot be done here with the app. */
export type Hindrance =
  | 'not-remote'
  | 'not-reservable'
  | 'no-preferences'
  | 'no-commands'
  | 'partner-away'
  | 'out-of-order'
  | 'planned'
  | 'blocked'
  | 'taken'
  | 'reserved'

/** What is said about stations in one language. */
export interface StationWords {
  readonly noPrice: Readonly<Record<NoPrice, string>>
  readonly hindrance: Readonly<Record<Hindrance, string>>
  readonly stale: Readonly<Record<StaleReason, (operator: string) => string>>
  /** How much dearer than the cheapest; the amount is printed. */
  dearer(amount: string, because: PriceReason | undefined): string
  /** The amount of a line is before taxes. */
  readonly plusTaxes: string
  readonly code: {
    readonly empty: string
    unknown(code: string): string
    several(count: number): string
  }
  readonly stationUnknown: string
}

const WORDS: Readonly<Record<Language, StationWords>> = { en, de, fr, nl }

/** The words of a language. */
export const stationWords = (language: Language): StationWords => WORDS[language]
