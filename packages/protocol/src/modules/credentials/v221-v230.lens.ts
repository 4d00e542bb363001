import { holds, isJsonObject, type JsonObject } from '../../json/json-object.js'
import { withField, withoutField } from '../../lens/fields.js'
import { type Crossing, lens, note, type Place, type Step } from '../../lens/lens.js'
import { declareSetAside, inEach, inField, setAsideFields } from '../../lens/steps.js'
import { foldCase } from '../../transport/party.js'
import { businessDetails } from '../locations/v221-v230.lens.js'

const HUB = 'HUB'
const HUB_PARTY = 'hub_party_id'
const secondHub = 'the target version names one hub party'
const hubDetails = 'the target version names the hub party without its business details'
const hubName = 'the target version wants a name for the hub, which is not stated'

const partyKey = (role: JsonObject): string => `${String(role.country_code)}${String(role.party_id)}`

const isHub = (role: unknown): role is JsonObject => isJsonObject(role) && role.role === HUB

const liftHub = (credentials: JsonObject, at: Place | undefined, crossing: Crossing): JsonObject => {
  const { roles } = credentials
  if (!Array.isArray(roles)) return credentials
  const first = roles.find(isHub)
  if (first === undefined) return credentials
  const others = roles.filter((role) => !isHub(role))
  const place = { parent: at, key: 'roles' }
  for (const [index, role] of roles.entries())
    if (isHub(role) && (role !== first || others.length > 0))
      note(crossing, place, index, { reason: role === first ? hubDetails : secondHub, severity: 'lost' })
  // The newer version wants a role and has none for hubs; OTHER keeps the name of a platform that is only a hub.
  const kept = others.length > 0 ? others : [withField(first, 'role', 'OTHER')]
  return withField(withField(credentials, 'roles', kept), HUB_PARTY, partyKey(first))
}

const hubRole = (hub: string, named: JsonObject | undefined): JsonObject => ({
  role: HUB,
  business_details: isJsonObject(named?.business_details) ? named.business_details : { name: hub },
  party_id: hub.slice(2),
  country_code: hub.slice(0, 2),
})

const lowerHub = (
  credentials: JsonObject,
  hub: string,
  at: Place | undefined,
  crossing: Crossing,
): JsonObject => {
  const roles: readonly unknown[] = Array.isArray(credentials.roles) ? credentials.roles : []
  const ofHub = roles.filter(
    (role): role is JsonObject => isJsonObject(role) && foldCase(partyKey(role)) === foldCase(hub),
  )
  const other = ofHub.find((role) => role.role === 'OTHER')
  if (other !== undefined)
    return withField(
      credentials,
      'roles',
      roles.map((role) => (role === other ? withField(other, 'role', HUB) : role)),
    )
  if (ofHub.length === 0) {
    const added: Place = { parent: { parent: at, key: 'roles' }, key: roles.length }
    note(crossing, { parent: added, key: 'business_details' }, 'name', { reason: hubName, severity: 'added' })
  }
  return withField(credentials, 'roles', [...roles, hubRole(hub, ofHub[0])])
}

/** The role HUB became the field hub_party_id (versions-and-credentials.md 4). */
const hubParty: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside(HUB_PARTY),
    { direction: 'up', pointer: '/roles/*', reason: hubDetails },
    { direction: 'up', pointer: '/roles/*', reason: secondHub },
    { direction: 'down', pointer: '/roles/*/business_details/name', reason: hubName },
  ],
  up: (credentials, at, crossing) =>
    liftHub(setAsideFields(credentials, [HUB_PARTY], at, crossing), at, crossing),
  down(credentials, at, crossing) {
    if (!holds(credentials, HUB_PARTY)) return credentials
    const hub = credentials[HUB_PARTY]
    const rest = withoutField(credentials, HUB_PARTY)
    return typeof hub === 'string' && hub.length === 5 ? lowerHub(rest, hub, at, crossing) : rest
  },
}

/** Credentials: how a platform says that it is a hub. */
export const credentials = lens(hubParty, inEach('roles', lens(inField('business_details', businessDetails))))
