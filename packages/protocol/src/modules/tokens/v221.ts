import {
  boolean,
  COUNTRY_ALPHA_2,
  ciString,
  closed,
  dateTime,
  type Infer,
  many,
  object,
  one,
  opt,
  PARTY_ID,
  string,
  tolerate,
} from '../../schema/index.js'
import { ProfileType } from '../sessions/profile-type.js'
import { LANGUAGE_TAG } from '../types/tolerances.js'
import { DisplayText } from '../types/v221.js'

/** 2.2.1 `mod_tokens_allowed_enum`. */
export const AllowedType = closed('AllowedType', 'mod_tokens_allowed_enum', [
  'ALLOWED',
  'BLOCKED',
  'EXPIRED',
  'NO_CREDIT',
  'NOT_ALLOWED',
])
export type AllowedType = Infer<typeof AllowedType>

/** 2.2.1 `mod_tokens_tokentype_enum`. */
export const TokenType = closed('TokenType', 'mod_tokens_tokentype_enum', [
  'AD_HOC_USER',
  'APP_USER',
  'OTHER',
  'RFID',
])
export type TokenType = Infer<typeof TokenType>

/** 2.2.1 `mod_tokens_whitelisttype_enum`. */
export const WhitelistType = closed('WhitelistType', 'mod_tokens_whitelisttype_enum', [
  'ALWAYS',
  'ALLOWED',
  'ALLOWED_OFFLINE',
  'NEVER',
])
export type WhitelistType = Infer<typeof WhitelistType>

/** 2.2.1 `mod_tokens_energycontract_class`. */
export const EnergyContract = object('EnergyContract', 'mod_tokens_energycontract_class', {
  supplier_name: one(string(64)),
  contract_id: opt(string(64)),
})
export type EnergyContract = Infer<typeof EnergyContract>

/** 2.2.1 `mod_tokens_token_object`. */
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

/** 2.2.1 `mod_tokens_locationreferences_class`. */
export const LocationReferences = object('LocationReferences', 'mod_tokens_locationreferences_class', {
  location_id: one(ciString(36)),
  evse_uids: many(ciString(36)),
})
export type LocationReferences = Infer<typeof LocationReferences>

/** 2.2.1 `mod_tokens_authorizationinfo_object`. */
export const AuthorizationInfo = object('AuthorizationInfo', 'mod_tokens_authorizationinfo_object', {
  allowed: one(AllowedType),
  token: one(Token),
  location: opt(LocationReferences),
  authorization_reference: opt(ciString(36)),
  info: opt(DisplayText),
})
export type AuthorizationInfo = Infer<typeof AuthorizationInfo>
