import { isJsonObject, type JsonObject } from '../../json/json-object.js'
import { withField, withoutFields } from '../../lens/fields.js'
import { type Crossing, gone, lens, note, type Place, type Step } from '../../lens/lens.js'
import { given } from '../../lens/older-steps.js'
import { clearNames, declareCleared, declareSetAside, setAsideFields } from '../../lens/steps.js'
import { foldCase } from '../../transport/party.js'

const PARTY = ['business_details', 'party_id', 'country_code'] as const
const oneParty = 'the target version names one party; the others have connections of their own'
const noRole = 'the target version leaves the role to the address'
const whichParty = 'the target version names one party in one role, and it is not known which one'

const isMeant = (role: JsonObject, { facts }: Crossing): boolean => {
  const { role: name, owner } = facts
  if (name !== undefined && role.role !== name) return false
  return (
    owner === undefined ||
    foldCase(`${role.country_code}${role.party_id}`) === foldCase(`${owner.countryCode}${owner.partyId}`)
  )
}

const lowerRoles = (credentials: JsonObject, at: Place | undefined, crossing: Crossing) => {
  const { roles, ...rest } = credentials
  const named = Array.isArray(roles) ? roles.filter(isJsonObject) : []
  const meant = named.length === 1 ? named : named.filter((role) => isMeant(role, crossing))
  const [role, second] = meant
  const place = { parent: at, key: 'roles' }
  if (role === undefined || second !== undefined) return gone(crossing, place, whichParty)
  for (const [index, each] of named.entries())
    if (each !== role) note(crossing, place, index, { reason: oneParty, severity: 'lost' })
  if (Object.keys(role).length > PARTY.length + 1)
    note(crossing, place, named.indexOf(role), { reason: noRole, severity: 'changed' })
  if (role.role !== crossing.facts.role)
    note(crossing, { parent: place, key: named.indexOf(role) }, 'role', { reason: noRole, severity: 'lost' })
  return { ...rest, ...given(Object.fromEntries(PARTY.map((field) => [field, role[field]]))) }
}

/** One party became a list of parties in roles; the role was that of the address used (versions-and-credentials.md 4). */
const party: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside('roles'),
    ...declareCleared(...PARTY),
    { direction: 'down', pointer: '/roles', reason: whichParty },
    { direction: 'down', pointer: '/roles/*', reason: oneParty },
    { direction: 'down', pointer: '/roles/*', reason: noRole },
    { direction: 'down', pointer: '/roles/*/role', reason: noRole },
  ],
  up(credentials, at, crossing) {
    const own = setAsideFields(credentials, ['roles'], at, crossing)
    const fields = Object.fromEntries(PARTY.map((field) => [field, own[field]]))
    const role = given({ role: crossing.facts.role ?? 'OTHER', ...fields })
    return withField(withoutFields(own, new Set(PARTY)), 'roles', [role])
  },
  down: (credentials, at, crossing) => lowerRoles(clearNames(credentials, PARTY, at, crossing), at, crossing),
}

/** Credentials: flat, one party for each connection. */
export const credentials = lens(party)
