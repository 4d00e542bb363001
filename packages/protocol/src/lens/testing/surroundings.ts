import { isJsonObject, type JsonObject } from '../../json/json-object.js'
import type { CrossingFacts } from '../facts.js'

const tokenIn = (value: unknown): JsonObject | undefined =>
  isJsonObject(value) && typeof value.contract_id === 'string' ? value : undefined

const ownerOf = (document: JsonObject): CrossingFacts['owner'] => {
  const [first] = Array.isArray(document.roles) ? document.roles : []
  const said = isJsonObject(first) ? first : (tokenIn(document.token) ?? document)
  return typeof said.country_code === 'string' && typeof said.party_id === 'string'
    ? { countryCode: said.country_code, partyId: said.party_id }
    : { countryCode: 'DE', partyId: 'ABC' }
}

const roleOf = ({ roles }: JsonObject): string => {
  const first: unknown = Array.isArray(roles) ? roles[0] : undefined
  return isJsonObject(first) ? String(first.role) : 'CPO'
}

/** A stored location at which the session of a document took place. */
const placeFor = (document: JsonObject, location: JsonObject): JsonObject => {
  const [evse] = Array.isArray(location.evses) ? location.evses : []
  if (!isJsonObject(evse) || !Array.isArray(evse.connectors)) return { ...location, id: document.location_id }
  const [connector] = evse.connectors
  return {
    ...location,
    id: document.location_id,
    evses: [{ ...evse, uid: document.evse_uid, connectors: [{ ...connector, id: document.connector_id }] }],
  }
}

/** What a caller would know of a canonical document, or of one of a version that says less. */
export const surroundingsOf = (document: JsonObject, location: JsonObject): CrossingFacts => ({
  owner: ownerOf(document),
  role: roleOf(document),
  tokenOf: () => tokenIn(document.cdr_token),
  tokenOwner: { countryCode: 'NL', partyId: 'MSP' },
  token: tokenIn(document.token),
  sessionOf: () => (typeof document.session_id === 'string' ? document.session_id : undefined),
  placeOf: () => placeFor(document, location),
})
