import type { DriverLanguage } from '@interwatt/store'
import type { ChargeState, ReasonCode } from '../charge-state.rules.js'
import { dutch } from './dutch.js'
import { english } from './english.js'
import { french } from './french.js'
import { german } from './german.js'

/** Why, and what to do next. */
export interface ReasonWords {
  readonly text: string
  readonly whatToDo: string
}

/** What a CPO says to charging preferences. */
export type PreferenceAnswer =
  | 'ACCEPTED'
  | 'DEPARTURE_REQUIRED'
  | 'ENERGY_NEED_REQUIRED'
  | 'NOT_POSSIBLE'
  | 'PROFILE_TYPE_NOT_SUPPORTED'

/** What a driver is told of charges, in one language. */
export interface ChargeWords {
  readonly states: Readonly<Record<ChargeState, string>>
  readonly reasons: Readonly<Record<ReasonCode, ReasonWords>>
  readonly preferences: Readonly<Record<PreferenceAnswer, string>>
}

/** All languages of the app. */
export const chargeWords: Readonly<Record<DriverLanguage, ChargeWords>> = {
  en: english,
  de: german,
  fr: french,
  nl: dutch,
}
