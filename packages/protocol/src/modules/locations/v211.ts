import {
  boolean,
  COUNTRY_ALPHA_3,
  closed,
  dateTime,
  type Infer,
  int,
  LATITUDE_6,
  LONGITUDE_6,
  many,
  number,
  object,
  one,
  opt,
  some,
  string,
  TIME_ZONE,
  tolerate,
  url,
} from '../../schema/index.js'
import { DisplayText } from '../types/v211.js'
import { hoursAreOneOfTwo, OTHER_DECIMALS, sharesAreComplete } from './checks.js'
import { COUNTRY_OF_TWO_LETTERS } from './country-codes.js'
import {
  ConnectorFormat,
  EnergySource,
  EnvironmentalImpactCategory,
  ExceptionalPeriod,
  ImageCategory,
  ParkingRestriction,
  RegularHours,
  Status,
  StatusSchedule,
} from './v221.js'

export {
  ConnectorFormat,
  EnergySource,
  EnergySourceCategory,
  EnvironmentalImpactCategory,
  ExceptionalPeriod,
  ImageCategory,
  ParkingRestriction,
  RegularHours,
  Status,
  StatusSchedule,
} from './v221.js'

/** 2.1.1 `mod_locations_capability_enum`. */
export const Capability = closed('Capability', 'mod_locations_capability_enum', [
  'CHARGING_PROFILE_CAPABLE',
  'CREDIT_CARD_PAYABLE',
  'REMOTE_START_STOP_CAPABLE',
  'RESERVABLE',
  'RFID_READER',
  'UNLOCK_CAPABLE',
])
export type Capability = Infer<typeof Capability>

/** 2.1.1 `mod_locations_connectortype_enum`. */
export const ConnectorType = closed('ConnectorType', 'mod_locations_connectortype_enum', [
  'CHADEMO',
  'DOMESTIC_A',
  'DOMESTIC_B',
  'DOMESTIC_C',
  'DOMESTIC_D',
  'DOMESTIC_E',
  'DOMESTIC_F',
  'DOMESTIC_G',
  'DOMESTIC_H',
  'DOMESTIC_I',
  'DOMESTIC_J',
  'DOMESTIC_K',
  'DOMESTIC_L',
  'IEC_60309_2_single_16',
  'IEC_60309_2_three_16',
  'IEC_60309_2_three_32',
  'IEC_60309_2_three_64',
  'IEC_62196_T1',
  'IEC_62196_T1_COMBO',
  'IEC_62196_T2',
  'IEC_62196_T2_COMBO',
  'IEC_62196_T3A',
  'IEC_62196_T3C',
  'TESLA_R',
  'TESLA_S',
])
export type ConnectorType = Infer<typeof ConnectorType>

/** 2.1.1 `mod_locations_facility_enum`. */
export const Facility = closed('Facility', 'mod_locations_facility_enum', [
  'HOTEL',
  'RESTAURANT',
  'CAFE',
  'MALL',
  'SUPERMARKET',
  'SPORT',
  'RECREATION_AREA',
  'NATURE',
  'MUSEUM',
  'BUS_STOP',
  'TAXI_STAND',
  'TRAIN_STATION',
  'AIRPORT',
  'CARPOOL_PARKING',
  'FUEL_STATION',
  'WIFI',
])
export type Facility = Infer<typeof Facility>

/** 2.1.1 `mod_locations_locationtype_enum`. */
export const LocationType = closed('LocationType', 'mod_locations_locationtype_enum', [
  'ON_STREET',
  'PARKING_GARAGE',
  'UNDERGROUND_GARAGE',
  'PARKING_LOT',
  'OTHER',
  'UNKNOWN',
])
export type LocationType = Infer<typeof LocationType>

/** 2.1.1 `mod_locations_powertype_enum`. */
export const PowerType = closed('PowerType', 'mod_locations_powertype_enum', [
  'AC_1_PHASE',
  'AC_3_PHASE',
  'DC',
])
export type PowerType = Infer<typeof PowerType>

/** 2.1.1 `mod_locations_geolocation_class`. */
export const GeoLocation = object('GeoLocation', 'mod_locations_geolocation_class', {
  latitude: tolerate(one(string(10, LATITUDE_6)), OTHER_DECIMALS),
  longitude: tolerate(one(string(11, LONGITUDE_6)), OTHER_DECIMALS),
})
export type GeoLocation = Infer<typeof GeoLocation>

/** 2.1.1 `mod_locations_additionalgeolocation_class`. */
export const AdditionalGeoLocation = object(
  'AdditionalGeoLocation',
  'mod_locations_additionalgeolocation_class',
  {
    latitude: tolerate(one(string(10, LATITUDE_6)), OTHER_DECIMALS),
    longitude: tolerate(one(string(11, LONGITUDE_6)), OTHER_DECIMALS),
    name: opt(DisplayText),
  },
)
export type AdditionalGeoLocation = Infer<typeof AdditionalGeoLocation>

/** 2.1.1 `mod_locations_connector_object`. */
export const Connector = object('Connector', 'mod_locations_connector_object', {
  id: one(string(36)),
  standard: one(ConnectorType),
  format: one(ConnectorFormat),
  power_type: one(PowerType),
  voltage: one(int()),
  amperage: one(int()),
  tariff_id: opt(string(36)),
  terms_and_conditions: opt(url()),
  last_updated: one(dateTime()),
})
export type Connector = Infer<typeof Connector>

/** 2.1.1 `mod_locations_image_class`. */
export const Image = object('Image', 'mod_locations_image_class', {
  url: one(url()),
  thumbnail: opt(url()),
  category: one(ImageCategory),
  type: one(string(4)),
  width: opt(int(5)),
  height: opt(int(5)),
})
export type Image = Infer<typeof Image>

/** 2.1.1 `mod_locations_evse_object`. */
export const EVSE = object('EVSE', 'mod_locations_evse_object', {
  uid: one(string(39)),
  evse_id: opt(string(48)),
  status: one(Status),
  status_schedule: many(StatusSchedule),
  capabilities: many(Capability),
  connectors: some(Connector),
  floor_level: opt(string(4)),
  coordinates: opt(GeoLocation),
  physical_reference: opt(string(16)),
  directions: many(DisplayText),
  parking_restrictions: many(ParkingRestriction),
  images: many(Image),
  last_updated: one(dateTime()),
})
export type EVSE = Infer<typeof EVSE>

/** 2.1.1 `mod_locations_businessdetails_class`. */
export const BusinessDetails = object('BusinessDetails', 'mod_locations_businessdetails_class', {
  name: one(string(100)),
  website: opt(url()),
  logo: opt(Image),
})
export type BusinessDetails = Infer<typeof BusinessDetails>

/** 2.1.1 `mod_locations_hours_class`: regular hours or the statement that it is always open. */
export const Hours = object(
  'Hours',
  'mod_locations_hours_class',
  {
    regular_hours: many(RegularHours),
    twentyfourseven: opt(boolean()),
    exceptional_openings: many(ExceptionalPeriod),
    exceptional_closings: many(ExceptionalPeriod),
  },
  hoursAreOneOfTwo,
)
export type Hours = Infer<typeof Hours>

/** 2.1.1 `mod_locations_environmentalimpact_class`. */
export const EnvironmentalImpact = object('EnvironmentalImpact', 'mod_locations_environmentalimpact_class', {
  source: one(EnvironmentalImpactCategory),
  amount: one(number()),
})
export type EnvironmentalImpact = Infer<typeof EnvironmentalImpact>

/** 2.1.1 `mod_locations_energymix_class`. */
export const EnergyMix = object(
  'EnergyMix',
  'mod_locations_energymix_class',
  {
    is_green_energy: one(boolean()),
    energy_sources: many(EnergySource),
    environ_impact: many(EnvironmentalImpact),
    supplier_name: opt(string(64)),
    energy_product_name: opt(string(64)),
  },
  sharesAreComplete,
)
export type EnergyMix = Infer<typeof EnergyMix>

/** 2.1.1 `mod_locations_location_object`. */
export const Location = object('Location', 'mod_locations_location_object', {
  id: one(string(39)),
  type: one(LocationType),
  name: opt(string(255)),
  address: one(string(45)),
  city: one(string(45)),
  postal_code: one(string(10)),
  country: tolerate(one(string(3, COUNTRY_ALPHA_3)), COUNTRY_OF_TWO_LETTERS),
  coordinates: one(GeoLocation),
  related_locations: many(AdditionalGeoLocation),
  evses: many(EVSE),
  directions: many(DisplayText),
  operator: opt(BusinessDetails),
  suboperator: opt(BusinessDetails),
  owner: opt(BusinessDetails),
  facilities: many(Facility),
  time_zone: opt(string(255, TIME_ZONE)),
  opening_times: opt(Hours),
  charging_when_closed: opt(boolean()),
  images: many(Image),
  energy_mix: opt(EnergyMix),
  last_updated: one(dateTime()),
})
export type Location = Infer<typeof Location>
