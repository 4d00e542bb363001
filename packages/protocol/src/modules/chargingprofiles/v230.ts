/** 2.3.0 took the module `mod_charging_profiles_module` over from 2.2.1 word by word. */
export {
  ActiveChargingProfile,
  ActiveChargingProfileResult,
  ChargingProfile,
  ChargingProfilePeriod,
  ChargingProfileResponse,
  ChargingProfileResponseType,
  ChargingProfileResult,
  ChargingProfileResultType,
  ChargingRateUnit,
  ClearProfileResult,
  SetChargingProfile,
} from './v221.js'
