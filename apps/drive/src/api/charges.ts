import { putAnswer, readAgain } from './answers.js'
import {
  anything,
  decimal,
  fieldOf,
  flag,
  itemsOf,
  type Json,
  listOf,
  money,
  number,
  oneOf,
  optional,
  type Read,
  shape,
  text,
  textOf,
} from './reading.js'
import { API, address, ask, inLanguage } from './request.js'

/** Where a charge stands. */
const chargeStates = [
  ...(['asked', 'accepted', 'waiting_for_cable', 'charging', 'paused', 'stopping'] as const),
  ...(['ended', 'receipt', 'refused', 'failed', 'timed_out'] as const),
] as const
/** One of them. */
export type ChargeState = (typeof chargeStates)[number]

const place = shape({
  country_code: text,
  party_id: text,
  id: optional(text),
  name: optional(text),
  address: optional(text),
  city: optional(text),
  operator: text,
  help_phone: optional(text),
})

const evse = optional(shape({ uid: text, evse_id: optional(text), physical_reference: optional(text) }))
const connector = optional(
  shape({ id: text, plug: text, power_type: optional(text), max_kw: optional(decimal) }),
)

const lines = listOf(shape({ text, amount: optional(text), because: listOf(text) }))
/** Lines of a price, with their reasons. */
export type Lines = Read<typeof lines>

/** Reads a charge. */
export const charge = shape({
  id: text,
  means: oneOf(['app', 'card']),
  state: oneOf(chargeStates),
  state_text: text,
  reason: optional(shape({ code: text, text, what_to_do: text, operator_says: optional(text) })),
  is_over: flag,
  station: place,
  evse,
  connector,
  asked_at: optional(text),
  started_at: optional(text),
  ended_at: optional(text),
  duration_s: optional(number),
  energy_kwh: optional(decimal),
  power_w: optional(number),
  power: listOf(shape({ from: text, to: text, w: number })),
  cost: optional(money),
  cost_includes_tax: flag,
  cost_lines: lines,
  percent: optional(shape({ now: number, target: optional(number), is_estimate: flag })),
  wish: anything,
  quote: optional(shape({ total: money, shown_at: text })),
  preferences: optional(
    shape({
      profile_type: optional(text),
      departure_time: optional(text),
      response: optional(text),
      text: optional(text),
      failed: flag,
    }),
  ),
  can_stop: flag,
  can_prefer: flag,
  updated_at: text,
  receipt: flag,
})
/** A charge. */
export type Charge = Read<typeof charge>

/** Reads charges that are not over. */
export const charges = itemsOf(charge)
/** Reads a page of charges. */
export const chargePage = shape({ items: listOf(charge), next: optional(text) })

/** Charges that are not over. */
export const CURRENT = '/charges/current'

/** Where a charge is in the API. */
export const chargePath = (id: string): string => address(['charges', id])

/** Puts a charge that an event tells of in the place of what was read; lists of charges that run are read again when it begins or ends. */
export const takeCharge = (told: Json): void => {
  const id = textOf(told, 'id')
  if (id === '') return
  putAnswer(chargePath(id), told)
  readAgain(CURRENT)
  if (fieldOf(told, 'is_over') === true) readAgain('/charges?', `${chargePath(id)}/`, '/statements')
}

/** Where somebody wants to charge. */
export interface Place {
  readonly country_code: string
  readonly party_id: string
  readonly location_id: string
  readonly evse_uid: string
  readonly connector_id: string
}

/** What is sent to start. */
export interface Start extends Place {
  /** The same start has the same id: it is not done twice, even when its answer was lost. */
  readonly request_id: string
  readonly vehicle_id?: string
  readonly goal?: {
    readonly energy_kwh?: string
    readonly from_percent?: number
    readonly to_percent?: number
  }
  readonly quote?: Json
}

const taken = (path: string, body: Json, method: 'POST' | 'PUT'): Promise<Charge> =>
  ask(path, anything, { method, body }).then((answer) => {
    takeCharge(answer)
    return charge(answer, '')
  })

/** Asks for a charge; throws `ApiFailure`. */
export const startCharge = (start: Start): Promise<Charge> => taken('/charges', start, 'POST')

/** Asks to stop a charge; throws `ApiFailure`. */
export const stopCharge = (id: string): Promise<Charge> => taken(address(['charges', id, 'stop']), {}, 'POST')

/** How somebody wants to charge. */
export interface Preferences {
  readonly profile_type: 'CHEAP' | 'GREEN' | 'FAST' | 'REGULAR'
  readonly departure_time?: string
  readonly energy_need_kwh?: string
}

/** Tells how to charge; the charge with what was answered. Throws `ApiFailure`. */
export const preferCharge = (id: string, wanted: Preferences): Promise<Charge> =>
  taken(address(['charges', id, 'preferences']), wanted, 'PUT')

const total = shape({
  currency: text,
  total: money,
  before_taxes: money,
  taxes: listOf(shape({ name: text, percentage: optional(number), amount: money })),
})

/** Reads a receipt. */
export const receipt = shape({
  charge_id: text,
  means: oneOf(['app', 'card']),
  number: text,
  seller: shape({ name: text, website: optional(text), contract_id: text }),
  station: place,
  evse,
  started_at: optional(text),
  ended_at: optional(text),
  time_zone: text,
  duration_s: optional(number),
  energy_kwh: optional(decimal),
  meter_id: optional(text),
  total: money,
  before_taxes: money,
  taxes: listOf(shape({ name: text, percentage: optional(number), amount: money })),
  lines,
  credited: optional(text),
  check: optional(shape({ outcome: text, text, what_we_do: optional(text) })),
  quote: optional(shape({ matches: flag, text, because: listOf(text) })),
  documents: listOf(
    shape({ kind: text, text, number: text, issued_at: text, total: optional(money), counts: flag }),
  ),
  signed: optional(shape({ text, url: optional(text) })),
  remark: optional(text),
})
/** A receipt. */
export type Receipt = Read<typeof receipt>

const month = { month: text, charges: number, energy_kwh: decimal, totals: listOf(total) } as const

/** Reads all months. */
export const months = shape({ time_zone: text, items: listOf(shape(month)) })

/** Reads the statement of a month. */
export const statement = shape({
  ...month,
  time_zone: text,
  items: listOf(
    shape({
      number: text,
      kind: text,
      ended_at: optional(text),
      operator: text,
      station: optional(text),
      city: optional(text),
      energy_kwh: decimal,
      total: money,
    }),
  ),
})
/** The statement of a month. */
export type Statement = Read<typeof statement>

/** The address of a file of the API, in the language of the app. */
export const fileAddress = (segments: readonly string[]): string => `${API}${inLanguage(address(segments))}`

const reservationCost = optional(shape({ total: optional(money), texts: listOf(text) }))

/** Reads a reservation. */
export const reservation = shape({
  id: text,
  state: text,
  state_text: text,
  reason: optional(shape({ code: text, text: optional(text), operator_says: optional(text) })),
  is_held: flag,
  can_cancel: flag,
  station: shape({
    ...{ country_code: text, party_id: text, id: text, name: text },
    ...{ address: optional(text), city: optional(text) },
  }),
  evse,
  connector_id: optional(text),
  cost: reservationCost,
  expires_at: text,
})
/** A reservation. */
export type Reservation = Read<typeof reservation>

/** Reads reservations. */
export const reservations = itemsOf(reservation)
/** All reservations. */
export const RESERVATIONS = '/reservations'

/** Where a reservation is in the API. */
export const reservationPath = (id: string): string => address(['reservations', id])

/** Puts a reservation that an event tells of in the place of what was read. */
export const takeReservation = (told: Json): void => {
  const id = textOf(told, 'id')
  if (id !== '') putAnswer(reservationPath(id), told)
  readAgain(RESERVATIONS)
}

/** Reads what a reservation costs. */
export const costOfReservation = shape({ cost: reservationCost })

/** Where it is said what a reservation costs. */
export const reservationCostPath = (where: Place, minutes: number): string =>
  address(['reservations', 'cost'], { ...where, minutes })

const answered = (path: string, method: 'POST' | 'DELETE', body: Json): Promise<Reservation> =>
  ask(path, anything, { method, body }).then((answer) => {
    takeReservation(answer)
    return reservation(answer, '')
  })

/** Has a plug kept free; throws `ApiFailure`. */
export const reserve = (where: Place, minutes: number): Promise<Reservation> =>
  answered(RESERVATIONS, 'POST', { ...where, minutes })

/** Gives a plug free again; throws `ApiFailure`. */
export const cancelReservation = (id: string): Promise<Reservation> =>
  answered(reservationPath(id), 'DELETE', {})
