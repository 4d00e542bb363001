import { withField } from '../../lens/fields.js'
import { lens, note, type Step } from '../../lens/lens.js'
import { inEach, inField, known, newerOnly } from '../../lens/steps.js'
import { ConnectorType } from '../locations/v221.js'
import { tariff } from '../tariffs/v221-v230.lens.js'
import { tokenType } from '../tokens/v221-v230.lens.js'
import { price } from '../types/v221-v230.lens.js'

export const cdrToken = lens(tokenType)

/** A connector standard that the older version does not list has no stand-in: another one would be invented. */
const cdrLocation = lens(known('connector_standard', ConnectorType.values, 'refuse'))

const STAND_INS = { RESERVATION_EXPIRES: 'RESERVATION_TIME', RESERVATION_OVERTIME: 'PARKING_TIME' } as const
const otherDimension = 'the target version has no such dimension; the volume is told under the nearest one'

/** Dimensions of booked time became known; further down their volumes count as reservation and parking time. */
const bookedTime: Step = {
  keepsShape: true,
  declares: [{ direction: 'down', pointer: '/type', reason: otherDimension }],
  up: (dimension) => dimension,
  down(dimension, at, crossing) {
    const standIn = Object.entries(STAND_INS).find(([type]) => type === dimension.type)?.[1]
    if (standIn === undefined) return dimension
    note(crossing, at, 'type', { reason: otherDimension, severity: 'changed' })
    return withField(dimension, 'type', standIn)
  },
}

/** ChargingPeriod of sessions and CDRs. */
export const chargingPeriod = lens(inEach('dimensions', lens(bookedTime)))

/** CDR: prices, embedded tariffs, token type and connector standard differ (cdrs.md, 2.2.1 and 2.3.0). */
export const cdr = lens(
  newerOnly('booking_id'),
  inEach('charging_periods', chargingPeriod),
  inField('cdr_token', cdrToken),
  inField('cdr_location', cdrLocation, 'required'),
  inEach('tariffs', tariff),
  inField('total_cost', price),
  inField('total_fixed_cost', price),
  inField('total_energy_cost', price),
  inField('total_time_cost', price),
  inField('total_parking_cost', price),
  inField('total_reservation_cost', price),
)
