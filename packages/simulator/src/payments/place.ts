import { foldCase, isJsonObject, type JsonObject } from '@interwatt/protocol'
import { at, textAt } from '../back-ends/json.js'
import { type OperatorApi, path } from '../back-ends/operator-api.js'

/** Where a card is held to a terminal. */
export interface Place {
  readonly terminalId: string
  /** Owner of the location, as the provider knows it. */
  readonly countryCode: string
  readonly partyId: string
  readonly locationId: string
  readonly evseUid: string
}

/** What the terminal shows before the card: the connector, its tariff, the amount to reserve. */
export interface Offer {
  readonly connectorId: string
  readonly tariffId: string | undefined
  readonly reserve: number | undefined
}

const itemsAt = (value: unknown, field: string): readonly unknown[] => {
  const found = at(value, field)
  return Array.isArray(found) ? found : []
}

const lists = (terminal: unknown, field: string, id: string): boolean =>
  itemsAt(terminal, field).some((item) => typeof item === 'string' && foldCase(item) === foldCase(id))

/** A terminal serves every EVSE of its locations and those it lists itself (PAY-010); none after deactivation (PAY-019). */
export const serves = (terminal: unknown, { locationId, evseUid }: Place): boolean =>
  lists(terminal, 'location_ids', locationId) || lists(terminal, 'evse_uids', evseUid)

const tariffAt = async (api: OperatorApi, place: Place, id: string): Promise<JsonObject | undefined> => {
  const answer = await api.call('GET', path('tariffs', place.countryCode, place.partyId, id))
  return answer.kind === 'ok' && isJsonObject(answer.body) ? answer.body : undefined
}

/** Of several tariffs of a connector the one for payment without contract counts, else the first. */
const chosen = (tariffs: readonly JsonObject[]): JsonObject | undefined =>
  tariffs.find(({ type }) => type === 'AD_HOC_PAYMENT') ?? tariffs[0]

/** Reads the connector and its tariff as the provider's node has received them; a text says why there is nothing to offer. */
export const readOffer = async (api: OperatorApi, place: Place): Promise<Offer | string> => {
  const { countryCode, partyId, locationId, evseUid } = place
  const answer = await api.call('GET', path('locations', countryCode, partyId, locationId, 'evses', evseUid))
  if (answer.kind !== 'ok') return answer.reason
  const [connector] = itemsAt(answer.body, 'connectors')
  const connectorId = textAt(connector, 'id')
  if (connectorId === undefined) return 'no connector'
  const ids = itemsAt(connector, 'tariff_ids').filter((id): id is string => typeof id === 'string')
  const tariffs = (await Promise.all(ids.map((id) => tariffAt(api, place, id)))).filter(
    (tariff) => tariff !== undefined,
  )
  const tariff = chosen(tariffs)
  const reserve = at(tariff, 'preauthorize_amount')
  return {
    connectorId,
    tariffId: textAt(tariff, 'id'),
    reserve: typeof reserve === 'number' ? reserve : undefined,
  }
}
