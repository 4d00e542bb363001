import { lens } from '../../lens/lens.js'
import { inEach, inField, known, knownIn, newerOnly } from '../../lens/steps.js'
import { tokenType } from '../tokens/v221-v230.lens.js'
import {
  Capability,
  ConnectorType,
  EnvironmentalImpactCategory,
  Facility,
  ImageCategory,
  ParkingRestriction,
  ParkingType,
} from './v221.js'

const image = lens(known('category', ImageCategory.values, 'OTHER'))

/** BusinessDetails: only the category of the logo is open in the newer version. */
export const businessDetails = lens(inField('logo', image))

const environmentalImpact = lens(known('category', EnvironmentalImpactCategory.values, 'refuse'))

/** EnergyMix: impacts of an unknown category are left out. */
export const energyMix = lens(inEach('environ_impact', environmentalImpact))

/** Connector: capabilities are new, and a standard the older version does not list takes the connector with it (#581). */
export const connector = lens(known('standard', ConnectorType.values, 'refuse'), newerOnly('capabilities'))

/** EVSE: parking and accepted_service_providers are new; without connectors it cannot exist. */
export const evse = lens(
  knownIn('capabilities', Capability.values),
  inEach('connectors', connector, { atLeastOne: true, upserted: true }),
  knownIn('parking_restrictions', ParkingRestriction.values),
  newerOnly('parking'),
  inEach('images', image),
  newerOnly('accepted_service_providers'),
)

/** Location: parking_places and help_phone are new (locations.md 4.1). */
export const location = lens(
  inEach('publish_allowed_to', lens(tokenType)),
  known('parking_type', ParkingType.values, 'leave out'),
  inEach('evses', evse, { upserted: true }),
  newerOnly('parking_places'),
  inField('operator', businessDetails),
  inField('suboperator', businessDetails),
  inField('owner', businessDetails),
  knownIn('facilities', Facility.values),
  inEach('images', image),
  inField('energy_mix', energyMix),
  newerOnly('help_phone'),
)
