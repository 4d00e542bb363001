import { closed, dateTime, type Infer, int, many, number, object, one, opt, url } from '../../schema/index.js'
import { profileComesWithAccepted, profileIsClear, profileIsNoted } from './checks.js'

/** 2.2.1 `mod_charging_profiles_chargingrateunit`. */
export const ChargingRateUnit = closed('ChargingRateUnit', 'mod_charging_profiles_chargingrateunit', [
  'W',
  'A',
])
export type ChargingRateUnit = Infer<typeof ChargingRateUnit>

/** 2.2.1 `mod_charging_profiles_responsetype_enum`. */
export const ChargingProfileResponseType = closed(
  'ChargingProfileResponseType',
  'mod_charging_profiles_responsetype_enum',
  ['ACCEPTED', 'NOT_SUPPORTED', 'REJECTED', 'TOO_OFTEN', 'UNKNOWN_SESSION'],
)
export type ChargingProfileResponseType = Infer<typeof ChargingProfileResponseType>

/** 2.2.1 `mod_charging_profiles_resulttype_enum`. */
export const ChargingProfileResultType = closed(
  'ChargingProfileResultType',
  'mod_charging_profiles_resulttype_enum',
  ['ACCEPTED', 'REJECTED', 'UNKNOWN'],
)
export type ChargingProfileResultType = Infer<typeof ChargingProfileResultType>

/** 2.2.1 `mod_charging_profiles_charging_profile_period_class`. */
export const ChargingProfilePeriod = object(
  'ChargingProfilePeriod',
  'mod_charging_profiles_charging_profile_period_class',
  {
    start_period: one(int()),
    limit: one(number()),
  },
)
export type ChargingProfilePeriod = Infer<typeof ChargingProfilePeriod>

/** 2.2.1 `mod_charging_profiles_charging_profile_class`. */
export const ChargingProfile = object('ChargingProfile', 'mod_charging_profiles_charging_profile_class', {
  start_date_time: opt(dateTime()),
  duration: opt(int()),
  charging_rate_unit: one(ChargingRateUnit),
  min_charging_rate: opt(number()),
  charging_profile_period: many(ChargingProfilePeriod),
})
export type ChargingProfile = Infer<typeof ChargingProfile>

/** 2.2.1 `mod_charging_profiles_active_charging_profile_class`. */
export const ActiveChargingProfile = object(
  'ActiveChargingProfile',
  'mod_charging_profiles_active_charging_profile_class',
  {
    start_date_time: one(dateTime()),
    charging_profile: one(ChargingProfile),
  },
  profileIsNoted,
)
export type ActiveChargingProfile = Infer<typeof ActiveChargingProfile>

/** 2.2.1 `mod_charging_profiles_response_object`. */
export const ChargingProfileResponse = object(
  'ChargingProfileResponse',
  'mod_charging_profiles_response_object',
  {
    result: one(ChargingProfileResponseType),
    timeout: one(int()),
  },
)
export type ChargingProfileResponse = Infer<typeof ChargingProfileResponse>

/** 2.2.1 `mod_charging_profiles_active_charging_profiles_result_object`. */
export const ActiveChargingProfileResult = object(
  'ActiveChargingProfileResult',
  'mod_charging_profiles_active_charging_profiles_result_object',
  {
    result: one(ChargingProfileResultType),
    profile: opt(ActiveChargingProfile),
  },
  profileComesWithAccepted,
)
export type ActiveChargingProfileResult = Infer<typeof ActiveChargingProfileResult>

/** 2.2.1 `mod_charging_profiles_charging_profiles_result_object`. */
export const ChargingProfileResult = object(
  'ChargingProfileResult',
  'mod_charging_profiles_charging_profiles_result_object',
  { result: one(ChargingProfileResultType) },
)
export type ChargingProfileResult = Infer<typeof ChargingProfileResult>

/** 2.2.1 `mod_charging_profiles_clear_profiles_result_object`. */
export const ClearProfileResult = object(
  'ClearProfileResult',
  'mod_charging_profiles_clear_profiles_result_object',
  { result: one(ChargingProfileResultType) },
)
export type ClearProfileResult = Infer<typeof ClearProfileResult>

/** 2.2.1 `mod_charging_profiles_set_charging_profile_object`. */
export const SetChargingProfile = object(
  'SetChargingProfile',
  'mod_charging_profiles_set_charging_profile_object',
  {
    charging_profile: one(ChargingProfile),
    response_url: one(url()),
  },
  profileIsClear,
)
export type SetChargingProfile = Infer<typeof SetChargingProfile>
