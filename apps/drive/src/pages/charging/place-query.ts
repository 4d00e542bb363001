import type { Place, Start } from '../../api/charges.js'
import type { Query } from '../../api/request.js'

/** What an address says is to be charged where. */
export interface Wanted {
  readonly place: Place
  /** The wish, as quotes take it. */
  readonly wish: Query
  readonly vehicleId: string | undefined
  readonly goal: NonNullable<Start['goal']>
}

const NAMES = ['country_code', 'party_id', 'location_id', 'evse_uid', 'connector_id'] as const

const KWH = /^\d{1,4}(\.\d{1,3})?$/
const PERCENT = /^\d{1,3}$/

const wholeOf = (text: string | null): number | undefined => {
  const whole = text !== null && PERCENT.test(text) ? Number(text) : undefined
  return whole !== undefined && whole <= 100 ? whole : undefined
}

/** Reads the query of an address such as `/charging/start?country_code=DE…`; undefined when it names no plug. */
export const wantedIn = (search: string): Wanted | undefined => {
  const query = new URLSearchParams(search)
  const [country_code, party_id, location_id, evse_uid, connector_id] = NAMES.map(
    (name) => query.get(name) ?? '',
  )
  if (!country_code || !party_id || !location_id || !evse_uid || !connector_id) return undefined
  const [vehicleId, model, kwh] = [query.get('vehicle_id'), query.get('model'), query.get('energy_kwh')]
  const energy = kwh !== null && KWH.test(kwh) && Number(kwh) > 0 ? kwh : undefined
  const [from, to] = [wholeOf(query.get('from_percent')), wholeOf(query.get('to_percent'))]
  const hasPercent = from !== undefined && to !== undefined && to > from
  return {
    place: { country_code, party_id, location_id, evse_uid, connector_id },
    wish: {
      ...(vehicleId === null ? {} : { vehicle_id: vehicleId }),
      ...(vehicleId === null && model !== null ? { model } : {}),
      ...(hasPercent ? { from_percent: from, to_percent: to } : {}),
      ...(hasPercent || energy === undefined ? {} : { energy_kwh: Number(energy) }),
    },
    vehicleId: vehicleId ?? undefined,
    goal: {
      ...(hasPercent ? { from_percent: from, to_percent: to } : {}),
      ...(energy === undefined || hasPercent ? {} : { energy_kwh: energy }),
    },
  }
}

/** An address of a page about charging, that says what is to be charged where. */
export const placeHref = (page: 'start' | 'reserve', place: Place): string =>
  `/charging/${page}?${new URLSearchParams(NAMES.map((name) => [name, place[name]])).toString()}`
