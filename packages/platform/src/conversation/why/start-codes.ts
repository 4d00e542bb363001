/** How it stands with what a driver asked for: well, not decided yet, well but with something wrong about it, or not at all. */
export type StartState = 'well' | 'waiting' | 'odd' | 'failed'

/** What a driver can do about it. */
export type Remedy =
  | 'nothing'
  | 'wait'
  | 'plug_in'
  | 'check_car'
  | 'try_again'
  | 'other_place'
  | 'other_card'
  | 'pay'
  | 'stop_by_card'
  | 'start_anew'
  | 'check_receipt'
  | 'call_support'

/** How a code counts, and what a driver can do. */
export interface StartMeaning {
  readonly state: StartState
  readonly remedy: Remedy
}

const well = (remedy: Remedy = 'nothing'): StartMeaning => ({ state: 'well', remedy })
const waiting = (remedy: Remedy = 'wait'): StartMeaning => ({ state: 'waiting', remedy })
const odd = (remedy: Remedy): StartMeaning => ({ state: 'odd', remedy })
const failed = (remedy: Remedy): StartMeaning => ({ state: 'failed', remedy })

/** Every way in which a command or a tap of a card can stand or end. */
export const START_CODES = {
  sending: waiting(),
  asked: waiting(),
  session_awaited: waiting(),
  waiting_for_cable: waiting('plug_in'),
  charging: well(),
  charged: well(),
  card_allowed: well('plug_in'),
  reserved: well(),
  reservation_ended: well(),
  stopped: well(),
  unlocked: well(),
  charging_without_result: odd('nothing'),
  session_late: odd('nothing'),
  receipt_awaited: odd('wait'),
  price_differs: odd('check_receipt'),
  broken_off: failed('other_place'),
  car_took_nothing: failed('check_car'),
  cable_not_plugged: failed('start_anew'),
  no_session: failed('try_again'),
  stop_refused: failed('stop_by_card'),
  reservation_lost: failed('other_place'),
  unknown_reservation: failed('start_anew'),
  unknown_session: failed('nothing'),
  evse_out_of_order: failed('other_place'),
  evse_blocked: failed('other_place'),
  evse_occupied: failed('other_place'),
  evse_reserved: failed('other_place'),
  evse_booked: failed('other_place'),
  place_unknown: failed('other_place'),
  not_supported: failed('stop_by_card'),
  charger_rejected: failed('other_place'),
  charger_failed: failed('try_again'),
  connector_lock: failed('try_again'),
  charger_offline: failed('other_place'),
  no_result: failed('other_place'),
  operator_refused: failed('other_place'),
  request_refused: failed('call_support'),
  partner_unreachable: failed('other_place'),
  partner_slow: failed('try_again'),
  partner_error: failed('try_again'),
  partner_unclear: failed('call_support'),
  partner_not_connected: failed('other_place'),
  token_blocked: failed('call_support'),
  token_expired: failed('call_support'),
  no_credit: failed('pay'),
  token_not_allowed: failed('other_card'),
  token_unknown: failed('other_card'),
  token_wrong_type: failed('other_card'),
  emsp_no_answer: failed('try_again'),
  invalid_request: failed('call_support'),
} as const satisfies Readonly<Record<string, StartMeaning>>

/** Name of one of them. */
export type StartCode = keyof typeof START_CODES
