import {
  boolean,
  COUNTRY_ALPHA_2,
  COUNTRY_ALPHA_3,
  ciString,
  closed,
  dateTime,
  type Infer,
  int,
  LATITUDE,
  LONGITUDE,
  many,
  number,
  object,
  one,
  opt,
  PARTY_ID,
  some,
  string,
  TIME_OF_DAY,
  TIME_ZONE,
  tolerate,
  url,
} from '../../schema/index.js'
import { TokenType } from '../tokens/v221.js'
import { DisplayText } from '../types/v221.js'
import {
  hoursAreStated,
  LONG_LATITUDE,
  LONG_LONGITUDE,
  periodIsOrdered,
  publicationIsConsistent,
  publishTokenIsIdentified,
  sharesAreComplete,
} from './checks.js'

/** 2.2.1 `mod_locations_capability_enum`. */
export const Capability = closed('Capability', 'mod_locations_capability_enum', [
  'CHARGING_PROFILE_CAPABLE',
  'CHARGING_PREFERENCES_CAPABLE',
  'CHIP_CARD_SUPPORT',
  'CONTACTLESS_CARD_SUPPORT',
  'CREDIT_CARD_PAYABLE',
  'DEBIT_CARD_PAYABLE',
  'PED_TERMINAL',
  'REMOTE_START_STOP_CAPABLE',
  'RESERVABLE',
  'RFID_READER',
  'START_SESSION_CONNECTOR_REQUIRED',
  'TOKEN_GROUP_CAPABLE',
  'UNLOCK_CAPABLE',
])
export type Capability = Infer<typeof Capability>

/** 2.2.1 `mod_locations_connectorformat_enum`. */
export const ConnectorFormat = closed('ConnectorFormat', 'mod_locations_connectorformat_enum', [
  'SOCKET',
  'CABLE',
])
export type ConnectorFormat = Infer<typeof ConnectorFormat>

/** 2.2.1 `mod_locations_connectortype_enum`. */
export const ConnectorType = closed('ConnectorType', 'mod_locations_connectortype_enum', [
  'CHADEMO',
  'CHAOJI',
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
  'DOMESTIC_M',
  'DOMESTIC_N',
  'DOMESTIC_O',
  'GBT_AC',
  'GBT_DC',
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
  'NEMA_5_20',
  'NEMA_6_30',
  'NEMA_6_50',
  'NEMA_10_30',
  'NEMA_10_50',
  'NEMA_14_30',
  'NEMA_14_50',
  'PANTOGRAPH_BOTTOM_UP',
  'PANTOGRAPH_TOP_DOWN',
  'TESLA_R',
  'TESLA_S',
])
export type ConnectorType = Infer<typeof ConnectorType>

/** 2.2.1 `mod_locations_energysourcecategory_enum`. */
export const EnergySourceCategory = closed(
  'EnergySourceCategory',
  'mod_locations_energysourcecategory_enum',
  ['NUCLEAR', 'GENERAL_FOSSIL', 'COAL', 'GAS', 'GENERAL_GREEN', 'SOLAR', 'WIND', 'WATER'],
)
export type EnergySourceCategory = Infer<typeof EnergySourceCategory>

/** 2.2.1 `mod_locations_environmentalimpactcategory_enum`. */
export const EnvironmentalImpactCategory = closed(
  'EnvironmentalImpactCategory',
  'mod_locations_environmentalimpactcategory_enum',
  ['NUCLEAR_WASTE', 'CARBON_DIOXIDE'],
)
export type EnvironmentalImpactCategory = Infer<typeof EnvironmentalImpactCategory>

/** 2.2.1 `mod_locations_facility_enum`. */
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
  'BIKE_SHARING',
  'BUS_STOP',
  'TAXI_STAND',
  'TRAM_STOP',
  'METRO_STATION',
  'TRAIN_STATION',
  'AIRPORT',
  'PARKING_LOT',
  'CARPOOL_PARKING',
  'FUEL_STATION',
  'WIFI',
])
export type Facility = Infer<typeof Facility>

/** 2.2.1 `mod_locations_imagecategory_enum`. */
export const ImageCategory = closed('ImageCategory', 'mod_locations_imagecategory_enum', [
  'CHARGER',
  'ENTRANCE',
  'LOCATION',
  'NETWORK',
  'OPERATOR',
  'OTHER',
  'OWNER',
])
export type ImageCategory = Infer<typeof ImageCategory>

/** 2.2.1 `mod_locations_parkingrestriction_enum`. */
export const ParkingRestriction = closed('ParkingRestriction', 'mod_locations_parkingrestriction_enum', [
  'EV_ONLY',
  'PLUGGED',
  'DISABLED',
  'CUSTOMERS',
  'MOTORCYCLES',
])
export type ParkingRestriction = Infer<typeof ParkingRestriction>

/** 2.2.1 `mod_locations_parkingtype_enum`. */
export const ParkingType = closed('ParkingType', 'mod_locations_parkingtype_enum', [
  'ALONG_MOTORWAY',
  'PARKING_GARAGE',
  'PARKING_LOT',
  'ON_DRIVEWAY',
  'ON_STREET',
  'UNDERGROUND_GARAGE',
])
export type ParkingType = Infer<typeof ParkingType>

/** 2.2.1 `mod_locations_powertype_enum`. */
export const PowerType = closed('PowerType', 'mod_locations_powertype_enum', [
  'AC_1_PHASE',
  'AC_2_PHASE',
  'AC_2_PHASE_SPLIT',
  'AC_3_PHASE',
  'DC',
])
export type PowerType = Infer<typeof PowerType>

/** 2.2.1 `mod_locations_status_enum`. */
export const Status = closed('Status', 'mod_locations_status_enum', [
  'AVAILABLE',
  'BLOCKED',
  'CHARGING',
  'INOPERATIVE',
  'OUTOFORDER',
  'PLANNED',
  'REMOVED',
  'RESERVED',
  'UNKNOWN',
])
export type Status = Infer<typeof Status>

/** 2.2.1 `mod_locations_publish_token_class`. */
export const PublishTokenType = object(
  'PublishTokenType',
  'mod_locations_publish_token_class',
  {
    uid: opt(ciString(36)),
    type: opt(TokenType),
    visual_number: opt(string(64)),
    issuer: opt(string(64)),
    group_id: opt(ciString(36)),
  },
  publishTokenIsIdentified,
)
export type PublishTokenType = Infer<typeof PublishTokenType>

/** 2.2.1 `mod_locations_geolocation_class`. */
export const GeoLocation = object('GeoLocation', 'mod_locations_geolocation_class', {
  latitude: tolerate(one(string(10, LATITUDE)), LONG_LATITUDE),
  longitude: tolerate(one(string(11, LONGITUDE)), LONG_LONGITUDE),
})
export type GeoLocation = Infer<typeof GeoLocation>

/** 2.2.1 `mod_locations_additionalgeolocation_class`. */
export const AdditionalGeoLocation = object(
  'AdditionalGeoLocation',
  'mod_locations_additionalgeolocation_class',
  {
    latitude: tolerate(one(string(10, LATITUDE)), LONG_LATITUDE),
    longitude: tolerate(one(string(11, LONGITUDE)), LONG_LONGITUDE),
    name: opt(DisplayText),
  },
)
export type AdditionalGeoLocation = Infer<typeof AdditionalGeoLocation>

/** 2.2.1 `mod_locations_statusschedule_class`. */
export const StatusSchedule = object('StatusSchedule', 'mod_locations_statusschedule_class', {
  period_begin: one(dateTime()),
  period_end: opt(dateTime()),
  status: one(Status),
})
export type StatusSchedule = Infer<typeof StatusSchedule>

/** 2.2.1 `mod_locations_connector_object`. */
export const Connector = object('Connector', 'mod_locations_connector_object', {
  id: one(ciString(36)),
  standard: one(ConnectorType),
  format: one(ConnectorFormat),
  power_type: one(PowerType),
  max_voltage: one(int()),
  max_amperage: one(int()),
  max_electric_power: opt(int()),
  tariff_ids: many(ciString(36)),
  terms_and_conditions: opt(url()),
  last_updated: one(dateTime()),
})
export type Connector = Infer<typeof Connector>

/** 2.2.1 `mod_locations_image_class`. */
export const Image = object('Image', 'mod_locations_image_class', {
  url: one(url()),
  thumbnail: opt(url()),
  category: one(ImageCategory),
  type: one(ciString(4)),
  width: opt(int(5)),
  height: opt(int(5)),
})
export type Image = Infer<typeof Image>

/** 2.2.1 `mod_locations_evse_object`. */
export const EVSE = object('EVSE', 'mod_locations_evse_object', {
  uid: one(ciString(36)),
  evse_id: opt(ciString(48)),
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

/** 2.2.1 `mod_locations_businessdetails_class`. */
export const BusinessDetails = object('BusinessDetails', 'mod_locations_businessdetails_class', {
  name: one(string(100)),
  website: opt(url()),
  logo: opt(Image),
})
export type BusinessDetails = Infer<typeof BusinessDetails>

/** 2.2.1 `mod_locations_regularhours_class`. */
export const RegularHours = object(
  'RegularHours',
  'mod_locations_regularhours_class',
  {
    weekday: one(int(1)),
    period_begin: one(string(5, TIME_OF_DAY)),
    period_end: one(string(5, TIME_OF_DAY)),
  },
  periodIsOrdered,
)
export type RegularHours = Infer<typeof RegularHours>

/** 2.2.1 `mod_locations_exceptionalperiod_class`. */
export const ExceptionalPeriod = object('ExceptionalPeriod', 'mod_locations_exceptionalperiod_class', {
  period_begin: one(dateTime()),
  period_end: one(dateTime()),
})
export type ExceptionalPeriod = Infer<typeof ExceptionalPeriod>

/** 2.2.1 `mod_locations_hours_class`. */
export const Hours = object(
  'Hours',
  'mod_locations_hours_class',
  {
    twentyfourseven: one(boolean()),
    regular_hours: many(RegularHours),
    exceptional_openings: many(ExceptionalPeriod),
    exceptional_closings: many(ExceptionalPeriod),
  },
  hoursAreStated,
)
export type Hours = Infer<typeof Hours>

/** 2.2.1 `mod_locations_energysource_class`. */
export const EnergySource = object('EnergySource', 'mod_locations_energysource_class', {
  source: one(EnergySourceCategory),
  percentage: one(number()),
})
export type EnergySource = Infer<typeof EnergySource>

/** 2.2.1 `mod_locations_environmentalimpact_class`. */
export const EnvironmentalImpact = object('EnvironmentalImpact', 'mod_locations_environmentalimpact_class', {
  category: one(EnvironmentalImpactCategory),
  amount: one(number()),
})
export type EnvironmentalImpact = Infer<typeof EnvironmentalImpact>

/** 2.2.1 `mod_locations_energymix_class`. */
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

/** 2.2.1 `mod_locations_location_object`. */
export const Location = object(
  'Location',
  'mod_locations_location_object',
  {
    country_code: one(ciString(2, COUNTRY_ALPHA_2)),
    party_id: one(ciString(3, PARTY_ID)),
    id: one(ciString(36)),
    publish: one(boolean()),
    publish_allowed_to: many(PublishTokenType),
    name: opt(string(255)),
    address: one(string(255)),
    city: one(string(45)),
    postal_code: opt(string(10)),
    state: opt(string(45)),
    country: one(string(3, COUNTRY_ALPHA_3)),
    coordinates: one(GeoLocation),
    related_locations: many(AdditionalGeoLocation),
    parking_type: opt(ParkingType),
    evses: many(EVSE),
    directions: many(DisplayText),
    operator: opt(BusinessDetails),
    suboperator: opt(BusinessDetails),
    owner: opt(BusinessDetails),
    facilities: many(Facility),
    time_zone: one(string(255, TIME_ZONE)),
    opening_times: opt(Hours),
    charging_when_closed: opt(boolean()),
    images: many(Image),
    energy_mix: opt(EnergyMix),
    last_updated: one(dateTime()),
  },
  publicationIsConsistent,
)
export type Location = Infer<typeof Location>
