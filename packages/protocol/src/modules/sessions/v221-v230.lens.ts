import { lens } from '../../lens/lens.js'
import { inField } from '../../lens/steps.js'
import { cdrToken } from '../cdrs/v221-v230.lens.js'
import { price } from '../types/v221-v230.lens.js'

/** Session: only Price and TokenType differ. */
export const session = lens(inField('cdr_token', cdrToken), inField('total_cost', price))
