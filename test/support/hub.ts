import { type Connected, connect, later } from './connect.js'
import type { ForeignOptions, ForeignParty, OcpiAnswer } from './foreign-party.js'
import type { TestNode } from './node.js'

/** The party of the foreign hub. */
export const HUB = { country_code: 'NL', party_id: 'HUB' }

/** Everything a hub may pass on. */
const SIDES = [
  ['hubclientinfo', 'SENDER'],
  ['locations', 'SENDER'],
  ['tariffs', 'SENDER'],
  ['tokens', 'SENDER'],
  ['tokens', 'RECEIVER'],
  ['sessions', 'SENDER'],
  ['sessions', 'RECEIVER'],
  ['cdrs', 'SENDER'],
  ['cdrs', 'RECEIVER'],
  ['commands', 'RECEIVER'],
  ['chargingprofiles', 'SENDER'],
  ['chargingprofiles', 'RECEIVER'],
  ['Booking', 'SENDER'],
] as const

type Options = Pick<ForeignOptions, 'version'> & { readonly prepare?: (party: ForeignParty) => void }

/** A foreign hub whose credentials name nobody but itself: role HUB in 2.2.1, `hub_party_id` in 2.3.0. */
export const connectHub = (
  node: Pick<TestNode, 'api'>,
  { version, prepare }: Options,
): Promise<Connected> => {
  const endpoints = SIDES.filter(([module]) => version !== '2.2.1' || module !== 'Booking').map(
    ([identifier, role]) => ({ identifier, role }),
  )
  return connect(node, { version, role: 'HUB', party: HUB, endpoints }, (party) => {
    prepare?.(party)
    if (version === '2.2.1') return
    const plain = party.credentials.bind(party)
    party.credentials = (token) => {
      const given = plain(token) as { roles: object[] }
      const roles = given.roles.map((role) => ({ ...role, role: 'OTHER' }))
      return { ...given, roles, hub_party_id: `${HUB.country_code}${HUB.party_id}` }
    }
  })
}

/** What a hub says of a party behind it; `seconds` order what it says. */
export const clientInfo = (
  party: typeof HUB,
  role: string,
  status: string,
  seconds: number,
): Record<string, unknown> => ({ ...party, role, status, last_updated: later(seconds) })

/** The hub pushes what it says of a party. */
export const tellOf = (hub: Connected, info: Record<string, unknown>): Promise<OcpiAnswer> =>
  hub.party.send(
    'PUT',
    hub.party.at('hubclientinfo', 'RECEIVER', `/${String(info.country_code)}/${String(info.party_id)}`),
    { body: info },
  )
