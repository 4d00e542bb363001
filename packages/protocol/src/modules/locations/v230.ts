import {
  boolean,
  COUNTRY_ALPHA_2,
  COUNTRY_ALPHA_3,
  ciString,
  closed,
  dateTime,
  type Infer,
  int,
  many,
  number,
  object,
  one,
  open,
  opt,
  PARTY_ID,
  some,
  string,
  TIME_ZONE,
  tolerate,
  url,
} from '../../schema/index.js'
import { TokenType } from '../tokens/v230.js'
import { DisplayText } from '../types/v230.js'
import {
  PARKING_AS_TEXT,
  parkingIdsDiffer,
  parkingIsDescribed,
  parkingIsKnown,
  publicationIsConsistent,
  publishTokenIsIdentified,
  sharesAreComplete,
} from './checks.js'
import {
  AdditionalGeoLocation,
  ConnectorFormat,
  EnergySource,
  GeoLocation,
  Hours,
  PowerType,
  Status,
  StatusSchedule,
} from './v221.js'

export {
  AdditionalGeoLocation,
  ConnectorFormat,
  EnergySource,
  EnergySourceCategory,
  ExceptionalPeriod,
  GeoLocation,
  Hours,
  PowerType,
  RegularHours,
  Status,
  StatusSchedule,
} from './v221.js'

/** 2.3.0 `mod_locations_capability_enum`. */
export const Capability = open('Capability', 'mod_locations_capability_enum', [
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

/** 2.3.0 `mod_locations_connectorcapability_enum`. */
export const ConnectorCapability = open('ConnectorCapability', 'mod_locations_connectorcapability_enum', [
  'ISO_15118_2_PLUG_AND_CHARGE',
  'ISO_15118_20_PLUG_AND_CHARGE',
])
export type ConnectorCapability = Infer<typeof ConnectorCapability>

/** 2.3.0 `mod_locations_connectortype_enum`. */
export const ConnectorType = open('ConnectorType', 'mod_locations_connectortype_enum', [
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
  'MCS',
  'NEMA_5_20',
  'NEMA_6_30',
  'NEMA_6_50',
  'NEMA_10_30',
  'NEMA_10_50',
  'NEMA_14_30',
  'NEMA_14_50',
  'PANTOGRAPH_BOTTOM_UP',
  'PANTOGRAPH_TOP_DOWN',
  'SAE_J3400',
  'TESLA_R',
  'TESLA_S',
])
export type ConnectorType = Infer<typeof ConnectorType>

/** 2.3.0 `mod_locations_environmentalimpactcategory_enum`. */
export const EnvironmentalImpactCategory = open(
  'EnvironmentalImpactCategory',
  'mod_locations_environmentalimpactcategory_enum',
  ['NUCLEAR_WASTE', 'CARBON_DIOXIDE'],
)
export type EnvironmentalImpactCategory = Infer<typeof EnvironmentalImpactCategory>

/** 2.3.0 `mod_locations_evseposition_enum`. */
export const EVSEPosition = closed('EVSEPosition', 'mod_locations_evseposition_enum', [
  'LEFT',
  'RIGHT',
  'CENTER',
])
export type EVSEPosition = Infer<typeof EVSEPosition>

/** 2.3.0 `mod_locations_facility_enum`. */
export const Facility = open('Facility', 'mod_locations_facility_enum', [
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

/** 2.3.0 `mod_locations_imagecategory_enum`. */
export const ImageCategory = open('ImageCategory', 'mod_locations_imagecategory_enum', [
  'CHARGER',
  'ENTRANCE',
  'LOCATION',
  'NETWORK',
  'OPERATOR',
  'OTHER',
  'OWNER',
])
export type ImageCategory = Infer<typeof ImageCategory>

/** 2.3.0 `mod_locations_parkingdirection_enum`. */
export const ParkingDirection = closed('ParkingDirection', 'mod_locations_parkingdirection_enum', [
  'PARALLEL',
  'PERPENDICULAR',
  'ANGLE',
])
export type ParkingDirection = Infer<typeof ParkingDirection>

/** 2.3.0 `mod_locations_parkingrestriction_enum`. */
export const ParkingRestriction = open('ParkingRestriction', 'mod_locations_parkingrestriction_enum', [
  'CUSTOMERS',
  'DISABLED',
  'EMPLOYEES',
  'EV_ONLY',
  'MOTORCYCLES',
  'PLUGGED',
  'TAXIS',
  'TENANTS',
])
export type ParkingRestriction = Infer<typeof ParkingRestriction>

/** 2.3.0 `mod_locations_parkingtype_enum`. */
export const ParkingType = open('ParkingType', 'mod_locations_parkingtype_enum', [
  'ALONG_MOTORWAY',
  'PARKING_GARAGE',
  'PARKING_LOT',
  'ON_DRIVEWAY',
  'ON_STREET',
  'UNDERGROUND_GARAGE',
])
export type ParkingType = Infer<typeof ParkingType>

/** 2.3.0 `mod_locations_vehicletype_enum`. */
export const VehicleType = open('VehicleType', 'mod_locations_vehicletype_enum', [
  'MOTORCYCLE',
  'PERSONAL_VEHICLE',
  'PERSONAL_VEHICLE_WITH_TRAILER',
  'VAN',
  'SEMI_TRACTOR',
  'RIGID',
  'TRUCK_WITH_TRAILER',
  'BUS',
  'DISABLED',
])
export type VehicleType = Infer<typeof VehicleType>

/** 2.3.0 `mod_locations_publish_token_class`. */
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

/** 2.3.0 `mod_locations_connector_object`. */
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
  capabilities: many(ConnectorCapability),
  last_updated: one(dateTime()),
})
export type Connector = Infer<typeof Connector>

/** 2.3.0 `mod_locations_evseparking_class`. */
export const EVSEParking = object('EVSEParking', 'mod_locations_evseparking_class', {
  parking_id: one(ciString(36)),
  evse_position: opt(EVSEPosition),
})
export type EVSEParking = Infer<typeof EVSEParking>

/** 2.3.0 `mod_locations_image_class`. */
export const Image = object('Image', 'mod_locations_image_class', {
  url: one(url()),
  thumbnail: opt(url()),
  category: one(ImageCategory),
  type: one(ciString(4)),
  width: opt(int(5)),
  height: opt(int(5)),
})
export type Image = Infer<typeof Image>

/** 2.3.0 `mod_locations_evse_object`. */
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
  parking: tolerate(many(EVSEParking), PARKING_AS_TEXT),
  images: many(Image),
  accepted_service_providers: many(string(50)),
  last_updated: one(dateTime()),
})
export type EVSE = Infer<typeof EVSE>

/** 2.3.0 `mod_locations_parking_object`. */
export const Parking = object(
  'Parking',
  'mod_locations_parking_object',
  {
    id: one(ciString(36)),
    physical_reference: opt(string(12)),
    vehicle_types: some(VehicleType),
    max_vehicle_weight: opt(number()),
    max_vehicle_height: opt(number()),
    max_vehicle_length: opt(number()),
    max_vehicle_width: opt(number()),
    parking_space_length: opt(number()),
    parking_space_width: opt(number()),
    dangerous_goods_allowed: opt(boolean()),
    direction: opt(ParkingDirection),
    drive_through: opt(boolean()),
    restricted_to_type: one(boolean()),
    reservation_required: one(boolean()),
    time_limit: opt(number()),
    roofed: opt(boolean()),
    images: many(Image),
    lighting: opt(boolean()),
    refrigeration_outlet: opt(boolean()),
    standards: many(ciString(36)),
    apds_reference: opt(ciString()),
  },
  parkingIsDescribed,
)
export type Parking = Infer<typeof Parking>

/** 2.3.0 `mod_locations_businessdetails_class`. */
export const BusinessDetails = object('BusinessDetails', 'mod_locations_businessdetails_class', {
  name: one(string(100)),
  website: opt(url()),
  logo: opt(Image),
})
export type BusinessDetails = Infer<typeof BusinessDetails>

/** 2.3.0 `mod_locations_environmentalimpact_class`. */
export const EnvironmentalImpact = object('EnvironmentalImpact', 'mod_locations_environmentalimpact_class', {
  category: one(EnvironmentalImpactCategory),
  amount: one(number()),
})
export type EnvironmentalImpact = Infer<typeof EnvironmentalImpact>

/** 2.3.0 `mod_locations_energymix_class`. */
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

/** 2.3.0 `mod_locations_location_object`. */
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
    parking_places: many(Parking),
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
    help_phone: opt(ciString(25)),
    last_updated: one(dateTime()),
  },
  publicationIsConsistent,
  parkingIdsDiffer,
  parkingIsKnown,
)
export type Location = Infer<typeof Location>
