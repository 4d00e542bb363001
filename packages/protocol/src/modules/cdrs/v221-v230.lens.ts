import { lens } from '../../lens/lens.js'
import { inEach, inField, known } from '../../lens/steps.js'
import { ConnectorType } from '../locations/v221.js'
import { tariff } from '../tariffs/v221-v230.lens.js'
import { tokenType } from '../tokens/v221-v230.lens.js'
import { price } from '../types/v221-v230.lens.js'

export const cdrToken = lens(tokenType)

/** A connector standard that the older version does not list has no stand-in: another one would be invented. */
const cdrLocation = lens(known('connector_standard', ConnectorType.values, 'refuse'))

/** CDR: prices, embedded tariffs, token type and connector standard differ (cdrs.md, 2.2.1 and 2.3.0). */
export const cdr = lens(
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
