import { isJsonObject, type PartyId, partyLabel, sameParty } from '@interwatt/protocol'
import type { HostedParty, ObjectStore, Partner } from '@interwatt/store'

/** A party in a role. */
export interface ClientRole {
  readonly role: string
  readonly party: PartyId
}

/** What a hub says of a party in one of its roles. */
export interface HubClient extends ClientRole {
  /** `CONNECTED`, `OFFLINE`, `PLANNED` or `SUSPENDED`. */
  readonly status: unknown
}

/** Clients of one hub that are looked at. */
const MOST_CLIENTS = 10_000
const PAGE = 1_000

/** Reads what a hub says of its clients; those beyond ten thousand are not looked at. */
export const readHubClients = async (
  objects: Pick<ObjectStore, 'page'>,
  hubId: string,
): Promise<readonly HubClient[]> => {
  const clients: HubClient[] = []
  let after: string | undefined
  for (let seen = 0; seen < MOST_CLIENTS; seen += PAGE) {
    const query = { kind: 'client_info', receivedFrom: hubId, limit: PAGE } as const
    const page = await objects.page(after === undefined ? query : { ...query, after })
    for (const { key, text } of page.items) {
      const info: unknown = JSON.parse(text)
      const { role, status } = isJsonObject(info) ? info : {}
      const party = { countryCode: key.countryCode, partyId: key.partyId }
      clients.push({ party, role: String(role), status })
    }
    if (page.next === undefined) break
    after = page.next
  }
  return clients
}

/** A party that is not there. */
export interface AwayParty {
  readonly party: PartyId
  /** OFFLINE in one role at least, and expected back. */
  readonly isOffline: boolean
}

/** Parties of which a hub says, for all of their roles, that nothing can be sent to them. */
export const awayAmong = (clients: readonly HubClient[]): readonly AwayParty[] => {
  const here = new Set<string>()
  const away = new Map<string, AwayParty>()
  for (const { party, status } of clients) {
    const label = partyLabel(party)
    if (status === 'CONNECTED') here.add(label)
    else away.set(label, { party, isOffline: status === 'OFFLINE' || away.get(label)?.isOffline === true })
  }
  return [...away].flatMap(([label, party]) => (here.has(label) ? [] : [party]))
}

/** Who has a connection of their own, now or again soon. */
const BOUND: readonly Partner['status'][] = ['REGISTERED', 'UPDATING', 'SUSPENDED']

/** Who is known besides the clients of a hub: parties hosted here, and all partners. */
export interface KnownParties {
  readonly hosted: readonly HostedParty[]
  readonly partners: readonly Pick<Partner, 'id' | 'status' | 'roles'>[]
}

/**
 * The roles of parties that a hub names CONNECTED, which count as its own beside those it registered (HCI-013). Left out are parties
 * hosted here, and roles that have a connection of their own: they are reached and heard there.
 */
export const connectedRoles = (
  hub: Pick<Partner, 'id' | 'roles'>,
  clients: readonly HubClient[],
  { hosted, partners }: KnownParties,
): readonly ClientRole[] => {
  const others = partners.filter(({ id, status }) => id !== hub.id && BOUND.includes(status))
  const taken = new Set(
    [...hub.roles, ...others.flatMap(({ roles }) => roles)].map(
      ({ role, party }) => `${role} ${partyLabel(party)}`,
    ),
  )
  return clients
    .filter(({ status, role, party }) => status === 'CONNECTED' && !taken.has(`${role} ${partyLabel(party)}`))
    .filter(({ party }) => !hosted.some((own) => sameParty(own.party, party)))
    .map(({ role, party }) => ({ role, party }))
}
