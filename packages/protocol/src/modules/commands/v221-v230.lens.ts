import { lens } from '../../lens/lens.js'
import { inField } from '../../lens/steps.js'
import { token } from '../tokens/v221-v230.lens.js'

/** StartSession and ReserveNow carry a whole Token; nothing else differs. */
export const commandWithToken = lens(inField('token', token))
