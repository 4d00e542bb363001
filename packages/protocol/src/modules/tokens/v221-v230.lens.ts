import { lens } from '../../lens/lens.js'
import { inField, known } from '../../lens/steps.js'
import { TokenType } from './v221.js'

/** Token types became an open list with EMAID; all unknown ones are OTHER further down (tokens.md 4.1). */
export const tokenType = known('type', TokenType.values, 'OTHER')

export const token = lens(tokenType)

export const authorizationInfo = lens(inField('token', token))
