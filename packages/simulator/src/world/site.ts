import type { ocpi230 } from '@interwatt/protocol'
import type { CarModel } from '../cars.js'
import { type EvseMove, type EvseState, FREE, moveEvse } from './evse-state.js'

export type Location = ocpi230.Location
export type Evse = ocpi230.EVSE

/** A car that is plugged in, with what its driver wants. */
export interface PluggedCar {
  readonly car: CarModel
  readonly connectorId: string
  readonly socPercent: number
  readonly targetPercent: number
}

/** An EVSE of the world with what it is and what it does. */
export interface SiteEvse {
  /** `location/uid`, as the documents spell them. */
  readonly key: string
  readonly location: Location
  readonly evse: Evse
  state: EvseState
  plugged: PluggedCar | undefined
}

/** All EVSEs of the charge point operator. The only mutable picture of the physical world. */
export interface Site {
  readonly evses: readonly SiteEvse[]
  find(key: string): SiteEvse | undefined
  /** An EVSE by the ids of a command; ids are compared without regard to case. */
  findByIds(locationId: string, evseUid: string): SiteEvse | undefined
  at(locationId: string): readonly SiteEvse[]
  /** Applies a move; undefined when it happened, otherwise why not. */
  move(evse: SiteEvse, move: EvseMove): string | undefined
}

/** Told after every change of status. */
export type StatusListener = (evse: SiteEvse, from: string, cause: EvseMove['kind']) => void

export const evseKey = (locationId: string, evseUid: string): string => `${locationId}/${evseUid}`

const NOT_IN_SERVICE = ['PLANNED', 'REMOVED', 'INOPERATIVE']

/** The site of these locations, every EVSE in service free. EVSEs that are planned or removed take no part. */
export const createSite = (locations: readonly Location[], onStatus: StatusListener): Site => {
  const evses = locations.flatMap((location) =>
    (location.evses ?? [])
      .filter((evse) => !NOT_IN_SERVICE.includes(evse.status))
      .map(
        (evse): SiteEvse => ({
          key: evseKey(location.id, evse.uid),
          location,
          evse,
          state: FREE,
          plugged: undefined,
        }),
      ),
  )
  const byKey = new Map(evses.map((evse) => [evse.key.toUpperCase(), evse]))
  return {
    evses,
    find: (key) => byKey.get(key.toUpperCase()),
    findByIds: (locationId, evseUid) => byKey.get(evseKey(locationId, evseUid).toUpperCase()),
    at: (locationId) => evses.filter((e) => e.location.id.toUpperCase() === locationId.toUpperCase()),
    move: (evse, move) => {
      const from = evse.state.status
      const result = moveEvse(evse.state, move)
      if (result.kind === 'refused') return result.reason
      evse.state = result.state
      if (evse.state.status !== from) onStatus(evse, from, move.kind)
      return undefined
    },
  }
}
