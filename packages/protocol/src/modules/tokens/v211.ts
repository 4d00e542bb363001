import {
  boolean,
  closed,
  dateTime,
  type Infer,
  many,
  object,
  one,
  opt,
  string,
  tolerate,
} from '../../schema/index.js'
import { LANGUAGE_TAG } from '../types/tolerances.js'
import { DisplayText } from '../types/v211.js'
import { WhitelistType } from './v221.js'

export { WhitelistType } from './v221.js'

/** 2.1.1 `mod_tokens_allowed_enum`. */
export const Allowed = closed('Allowed', 'mod_tokens_allowed_enum', [
  'ALLOWED',
  'BLOCKED',
  'EXPIRED',
  'NO_CREDIT',
  'NOT_ALLOWED',
])
export type Allowed = Infer<typeof Allowed>

/** 2.1.1 `mod_tokens_tokentype_enum`. */
export const TokenType = closed('TokenType', 'mod_tokens_tokentype_enum', ['OTHER', 'RFID'])
export type TokenType = Infer<typeof TokenType>

/** 2.1.1 `mod_tokens_token_object`. */
export const Token = object('Token', 'mod_tokens_token_object', {
  uid: one(string(36)),
  type: one(TokenType),
  auth_id: one(string(36)),
  visual_number: opt(string(64)),
  issuer: one(string(64)),
  valid: one(boolean()),
  whitelist: one(WhitelistType),
  language: tolerate(opt(string(2)), LANGUAGE_TAG),
  last_updated: one(dateTime()),
})
export type Token = Infer<typeof Token>

/** 2.1.1 `mod_tokens_locationreferences_class`. */
export const LocationReferences = object('LocationReferences', 'mod_tokens_locationreferences_class', {
  location_id: one(string(39)),
  evse_uids: many(string(39)),
  connector_ids: many(string(36)),
})
export type LocationReferences = Infer<typeof LocationReferences>

/** 2.1.1 `mod_tokens_authorizationinfo_object`. */
export const AuthorizationInfo = object('AuthorizationInfo', 'mod_tokens_authorizationinfo_object', {
  allowed: one(Allowed),
  location: opt(LocationReferences),
  info: opt(DisplayText),
})
export type AuthorizationInfo = Infer<typeof AuthorizationInfo>
