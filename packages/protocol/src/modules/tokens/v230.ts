import {
  boolean,
  COUNTRY_ALPHA_2,
  ciString,
  dateTime,
  type Infer,
  object,
  one,
  open,
  opt,
  PARTY_ID,
  string,
  tolerate,
} from '../../schema/index.js'
import { ProfileType } from '../sessions/profile-type.js'
import { LANGUAGE_TAG } from '../types/tolerances.js'
import { DisplayText } from '../types/v230.js'
import { AllowedType, EnergyContract, LocationReferences, WhitelistType } from './v221.js'

export { AllowedType, EnergyContract, LocationReferences, WhitelistType } from './v221.js'

/** 2.3.0 `mod_tokens_tokentype_enum`. */
export const TokenType = open('TokenType', 'mod_tokens_tokentype_enum', [
  'AD_HOC_USER',
  'APP_USER',
  'EMAID',
  'OTHER',
  'RFID',
])
export type TokenType = Infer<typeof TokenType>

/** 2.3.0 `mod_tokens_token_object`. */
export const Token = object('Token', 'mod_tokens_token_object', {
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  party_id: one(ciString(3, PARTY_ID)),
  uid: one(ciString(36)),
  type: one(TokenType),
  contract_id: one(ciString(36)),
  visual_number: opt(string(64)),
  issuer: one(string(64)),
  group_id: opt(ciString(36)),
  valid: one(boolean()),
  whitelist: one(WhitelistType),
  language: tolerate(opt(string(2)), LANGUAGE_TAG),
  default_profile_type: opt(ProfileType),
  energy_contract: opt(EnergyContract),
  last_updated: one(dateTime()),
})
export type Token = Infer<typeof Token>

/** 2.3.0 `mod_tokens_authorizationinfo_object`. */
export const AuthorizationInfo = object('AuthorizationInfo', 'mod_tokens_authorizationinfo_object', {
  allowed: one(AllowedType),
  token: one(Token),
  location: opt(LocationReferences),
  authorization_reference: opt(ciString(36)),
  info: opt(DisplayText),
})
export type AuthorizationInfo = Infer<typeof AuthorizationInfo>
