import { chooseTariff } from '@interwatt/pricing'
import { PROFILE_TARIFF_IDS, TARIFF_IDS, type Tariff } from '../tariffs.js'
import { isoOfS } from './clock.js'
import type { Connector } from './power.js'
import { randomStream } from './random.js'
import type { Evse, Location } from './site.js'

const sameId = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase()

const TYPES = {
  CHEAP: 'PROFILE_CHEAP',
  FAST: 'PROFILE_FAST',
  GREEN: 'PROFILE_GREEN',
} as const satisfies Readonly<Record<string, Tariff['type']>>

const isProfile = (name: string | undefined): name is keyof typeof TYPES =>
  name !== undefined && Object.hasOwn(TYPES, name)

/** The tariff of a session that starts now at a connector (tariffs 4.2), of the profile where the driver chose one. */
export const tariffAt = (
  tariffs: readonly Tariff[],
  connector: Connector,
  atS: number,
  profile?: string,
): Tariff | undefined =>
  chooseTariff(tariffs, {
    at: isoOfS(atS),
    ids: connector.tariff_ids ?? [],
    ...(isProfile(profile) ? { type: TYPES[profile] } : {}),
  })?.tariff

const idsFor = (connector: Connector): readonly string[] =>
  connector.power_type === 'DC'
    ? [TARIFF_IDS.dc]
    : [
        TARIFF_IDS.ac,
        TARIFF_IDS.ac,
        TARIFF_IDS.timeOfDay,
        TARIFF_IDS.timeOfDay,
        TARIFF_IDS.startFee,
        TARIFF_IDS.free,
      ]

/**
 * The locations with a tariff on every connector: connectors that name none of these tariffs get one that suits
 * them, the same for all connectors of a location; the first tariff when none of the usual ones is there. Where drivers may say how
 * they prefer to charge, there is a tariff for each profile (SES-085).
 */
export const withTariffs = (
  seed: number,
  locations: readonly Location[],
  tariffs: readonly Tariff[],
): readonly Location[] => {
  const known = (id: string) => tariffs.find((tariff) => sameId(tariff.id, id))
  const profiles = PROFILE_TARIFF_IDS.filter((id) => known(id) !== undefined)
  const assign = (location: Location, evse: Evse, connector: Connector): Connector => {
    if ((connector.tariff_ids ?? []).some((id) => known(id) !== undefined)) return connector
    const stream = randomStream(seed, 'tariff', location.id, connector.power_type)
    const id = (known(stream.pick(idsFor(connector))) ?? tariffs[0])?.id
    const prefers = evse.capabilities?.includes('CHARGING_PREFERENCES_CAPABLE') === true
    return id === undefined ? connector : { ...connector, tariff_ids: [id, ...(prefers ? profiles : [])] }
  }
  return locations.map((location) => ({
    ...location,
    evses: (location.evses ?? []).map((evse) => ({
      ...evse,
      connectors: evse.connectors.map((connector) => assign(location, evse, connector)),
    })),
  }))
}
