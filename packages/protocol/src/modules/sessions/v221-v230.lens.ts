import { lens } from '../../lens/lens.js'
import { inEach, inField } from '../../lens/steps.js'
import { cdrToken, chargingPeriod } from '../cdrs/v221-v230.lens.js'
import { price } from '../types/v221-v230.lens.js'

/** Session: Price, TokenType and the dimensions of booked time differ. */
export const session = lens(
  inField('cdr_token', cdrToken),
  inEach('charging_periods', chargingPeriod),
  inField('total_cost', price),
)
