import type { DriverLanguage } from '@interwatt/store'
import type { StartCode } from '../../../conversation/why/start-codes.js'
import { driverWords } from '../../../conversation/why/words.js'
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

/** Reasons that have words of their own here: all others are those of starts. */
type OwnReason = 'not_sent' | 'session_invalid' | 'stop_no_result' | 'stop_not_sent' | 'stop_accepted'

/** Reasons in the names that starts have for them. */
const START_CODE: Readonly<Record<Exclude<ReasonCode, OwnReason>, StartCode>> = {
  place_unknown: 'place_unknown',
  not_connected: 'partner_not_connected',
  operator_away: 'partner_not_connected',
  not_possible: 'not_supported',
  no_answer: 'partner_unreachable',
  no_result: 'no_result',
  no_session: 'no_session',
  rejected: 'operator_refused',
  not_supported: 'not_supported',
  evse_occupied: 'evse_occupied',
  evse_inoperative: 'evse_out_of_order',
  station_failed: 'charger_failed',
  station_timeout: 'charger_offline',
  reservation_canceled: 'evse_reserved',
  late_session: 'session_late',
  stop_refused: 'stop_refused',
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
  readonly reasons: Readonly<Record<OwnReason, ReasonWords>>
  readonly preferences: Readonly<Record<PreferenceAnswer, string>>
}

/** All languages of the app. */
export const chargeWords: Readonly<Record<DriverLanguage, ChargeWords>> = {
  en: english,
  de: german,
  fr: french,
  nl: dutch,
}

/** A reason by the name that starts have for it, in a language. */
export const startReason = (
  code: StartCode,
  language: DriverLanguage,
): ReasonWords & { readonly code: string } => {
  const { text, whatToDo } = driverWords(code)
  return { code, text: text[language], whatToDo: whatToDo[language] }
}

const isOwn = (reason: ReasonCode): reason is OwnReason => Object.hasOwn(english.reasons, reason)

/** A reason in a language. */
export const reasonWords = (
  reason: ReasonCode,
  language: DriverLanguage,
): ReasonWords & { readonly code: string } =>
  isOwn(reason)
    ? { code: reason, ...chargeWords[language].reasons[reason] }
    : startReason(START_CODE[reason], language)
