import { isJsonObject, type PartyId, partyLabel, sameParty } from '@interwatt/protocol'
import type { ObjectStore, Partner } from '@interwatt/store'
import { type Problem, problem } from '../services.js'

/** Why nothing can be sent to a party behind a hub: what the hub said of it last. */
export interface Away {
  /** Name and party of the hub. */
  readonly hub: string
  readonly party: string
  /** `OFFLINE`, `PLANNED` or `SUSPENDED`. */
  readonly status: string
  /** Since when, as the hub has it: ISO time. */
  readonly since: string
}

/** Whether a hub says that a party is not there (HCI-010); undefined when it may be asked. */
export type AskAway = (
  partner: Pick<Partner, 'id' | 'name' | 'hubParty'>,
  party: PartyId,
) => Promise<Away | undefined>

/** Roles a party can have are few. */
const MOST_ROLES = 20

/** Texts of ClientInfo objects of one party to what they say together: present in one role is present. */
export const awayIn = (infos: readonly unknown[]): Pick<Away, 'status' | 'since'> | undefined => {
  const said = infos.filter(isJsonObject)
  if (said.length === 0 || said.some(({ status }) => status === 'CONNECTED')) return undefined
  const [latest] = said.toSorted(
    (a, b) => Date.parse(String(b.last_updated)) - Date.parse(String(a.last_updated)),
  )
  return latest && { status: String(latest.status), since: String(latest.last_updated) }
}

/** Reads what the hub of a connection said of a party; a partner that is no hub and the hub itself are never away. */
export const createAskAway =
  (objects: Pick<ObjectStore, 'page'>): AskAway =>
  async ({ id, name, hubParty }, party) => {
    if (hubParty === null || sameParty(hubParty, party)) return undefined
    const { items } = await objects.page({
      kind: 'client_info',
      owners: [party],
      receivedFrom: id,
      limit: MOST_ROLES,
    })
    const said = awayIn(items.map(({ text }): unknown => JSON.parse(text)))
    return said && { hub: `${name} (${partyLabel(hubParty)})`, party: partyLabel(party), ...said }
  }

const ADVICE: Readonly<Record<string, string>> = {
  OFFLINE: 'Ask again when the hub says CONNECTED: GET /hub-clients and the event client_info.updated tell.',
  PLANNED: 'It has not been connected yet; ask the hub or the party when it will be.',
  SUSPENDED: 'It is gone for good as far as the hub knows; settle with the party by other ways.',
}

/** The same in words: which hub says so, and since when. */
export const awayText = ({ hub, party, status, since }: Away): string =>
  `The hub ${hub} says that ${party} is ${status} since ${since}.`

/** The answer to whoever asks for something that would have to be sent there. */
export const awayProblem = (away: Away): Problem => ({
  ...problem(
    409,
    'The party is away',
    `${awayText(away)} Nothing was sent. ${ADVICE[away.status] ?? ''}`.trimEnd(),
  ),
  type: 'party-away',
})
