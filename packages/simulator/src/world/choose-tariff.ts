import type { Tariff } from '../pricing/restrictions.js'
import { TARIFF_IDS } from '../tariffs.js'
import type { Connector } from './power.js'
import { randomStream } from './random.js'
import type { Location } from './site.js'

const sameId = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase()

const validAt = (tariff: Tariff, atMs: number): boolean =>
  (tariff.start_date_time === undefined || Date.parse(tariff.start_date_time) <= atMs) &&
  (tariff.end_date_time === undefined || atMs < Date.parse(tariff.end_date_time))

/** The tariff of a session that starts now: of the connector, REGULAR before untyped (tariffs 4.2). */
export const chooseTariff = (
  tariffs: readonly Tariff[],
  connector: Connector,
  atMs: number,
): Tariff | undefined => {
  const offered = tariffs.filter(
    (tariff) =>
      (connector.tariff_ids ?? []).some((id) => sameId(id, tariff.id)) &&
      (tariff.type === undefined || tariff.type === 'REGULAR') &&
      validAt(tariff, atMs),
  )
  return offered.find((tariff) => tariff.type === 'REGULAR') ?? offered[0]
}

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
 * them, the same for all connectors of a location; the first tariff when none of the usual ones is there.
 */
export const withTariffs = (
  seed: number,
  locations: readonly Location[],
  tariffs: readonly Tariff[],
): readonly Location[] => {
  const known = (id: string) => tariffs.find((tariff) => sameId(tariff.id, id))
  const assign = (location: Location, connector: Connector): Connector => {
    if ((connector.tariff_ids ?? []).some((id) => known(id) !== undefined)) return connector
    const stream = randomStream(seed, 'tariff', location.id, connector.power_type)
    const id = (known(stream.pick(idsFor(connector))) ?? tariffs[0])?.id
    return id === undefined ? connector : { ...connector, tariff_ids: [id] }
  }
  return locations.map((location) => ({
    ...location,
    evses: (location.evses ?? []).map((evse) => ({
      ...evse,
      connectors: evse.connectors.map((connector) => assign(location, connector)),
    })),
  }))
}
