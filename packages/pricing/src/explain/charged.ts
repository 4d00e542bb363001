import type { Dimension } from '../tariff/compile-tariffs.js'
import type { ElementKind, Family } from '../tariff/family.js'

/** What happens beside charging that can have a price of its own. */
export type Occasion = Exclude<Family, 'charging'>

/** What a driver pays for, by the name it has in texts. A fee of charging that is not due at once is no start fee. */
export type Charged =
  | 'energy'
  | 'time'
  | 'parking'
  | 'start-fee'
  | 'later-fee'
  | `${Occasion}-fee`
  | `${Occasion}-time`

const OF_CHARGING: Readonly<Record<Exclude<Dimension, 'FLAT'>, Charged>> = {
  ENERGY: 'energy',
  TIME: 'time',
  PARKING_TIME: 'parking',
}

/** What a component of a dimension is charged for; `later` says of a fee that it is not due from the start. */
export const chargedFor = (family: Family, dimension: Dimension, later: boolean): Charged => {
  if (family !== 'charging') return dimension === 'FLAT' ? `${family}-fee` : `${family}-time`
  if (dimension === 'FLAT') return later ? 'later-fee' : 'start-fee'
  return OF_CHARGING[dimension]
}

/** What elements of a kind are about, where they are described without a session. */
export const FAMILY_OF_KIND: Readonly<Record<ElementKind, Family>> = {
  ORDINARY: 'charging',
  RESERVATION: 'reserved',
  RESERVATION_EXPIRES: 'expired',
  BOOKING: 'booked',
  BOOKING_EXPIRES: 'booking-expired',
  BOOKING_OVERTIME: 'booking-overtime',
  BOOKING_CANCELLATION_FEES: 'booking-cancelled',
}
