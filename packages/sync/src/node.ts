import type { ClientPartner } from '@interwatt/client'
import { isJsonObject, type PartyId, partyLabel, sameParty, versionOf } from '@interwatt/protocol'
import type { HostedParty, Partner } from '@interwatt/store'
import type { SyncDeps, SyncLimits } from './ports.js'
import type { Audience } from './push/audience.rules.js'
import type { Bodies } from './push/bodies.js'
import type { ChangeReader } from './push/change-reader.js'
import { PartnerMemory } from './push/partner-memory.js'

/** What the workers of one node share. */
export interface SyncNode {
  readonly deps: SyncDeps
  readonly limits: SyncLimits
  readonly workerId: string
  readonly reader: ChangeReader
  readonly bodies: Bodies
  readonly memories: Map<string, PartnerMemory>
}

/** What a node remembers of a partner; made at first sight. */
export const memoryOf = (node: SyncNode, partnerId: string): PartnerMemory => {
  const known = node.memories.get(partnerId)
  if (known !== undefined) return known
  const memory = new PartnerMemory(node.limits.rememberedObjects)
  node.memories.set(partnerId, memory)
  return memory
}

/** A partner that can be called now. */
export interface OpenPartner {
  readonly partner: Partner
  readonly target: ClientPartner
  readonly hosted: readonly HostedParty[]
  readonly audience: Audience
  /** Parties that the hub says are OFFLINE now: it may leave out what is theirs, and that is not gone. */
  offline(): Promise<readonly PartyId[]>
}

/** The partner with its token, or why there is nothing to do for it. */
export const openPartner = async (
  { deps }: Pick<SyncNode, 'deps'>,
  partnerId: string,
): Promise<OpenPartner | 'gone' | 'inactive'> => {
  const partner = await deps.partners.get(partnerId)
  if (partner === undefined) return 'gone'
  if (partner.status !== 'REGISTERED') return 'inactive'
  const target = deps.openPartner(partner)
  if (target === undefined) return 'inactive'
  const hosted = await deps.hostedParties()
  const routed = versionOf(target.version)?.traits.routingHeaders ?? false
  const { hubParty: hub } = partner
  const away = async (): Promise<readonly AwayParty[]> =>
    hub === null ? [] : (await awayBehind(deps, partner.id)).filter(({ party }) => !sameParty(party, hub))
  const absent = (await away()).map(({ party }) => party)
  const offline = async (): Promise<readonly PartyId[]> =>
    (await away()).filter(({ isOffline }) => isOffline).map(({ party }) => party)
  return { partner, target, hosted, audience: { partner, hosted, routed, absent }, offline }
}

/** Clients of one hub that are looked at. */
const MOST_CLIENTS = 10_000
const PAGE = 1_000

interface AwayParty {
  readonly party: PartyId
  /** OFFLINE in one role at least, and expected back. */
  readonly isOffline: boolean
}

/** Parties of which a hub says, for all of their roles, that nothing can be sent to them. */
const awayBehind = async (
  { objects }: Pick<SyncDeps, 'objects'>,
  hubId: string,
): Promise<readonly AwayParty[]> => {
  const here = new Set<string>()
  const away = new Map<string, AwayParty>()
  let after: string | undefined
  for (let seen = 0; seen < MOST_CLIENTS; seen += PAGE) {
    const query = { kind: 'client_info', receivedFrom: hubId, limit: PAGE } as const
    const page = await objects.page(after === undefined ? query : { ...query, after })
    for (const { key, text } of page.items) {
      const info: unknown = JSON.parse(text)
      const label = partyLabel(key)
      const status = isJsonObject(info) ? info.status : undefined
      if (status === 'CONNECTED') here.add(label)
      const isOffline = status === 'OFFLINE' || away.get(label)?.isOffline === true
      if (status !== 'CONNECTED')
        away.set(label, { party: { countryCode: key.countryCode, partyId: key.partyId }, isOffline })
    }
    if (page.next === undefined) break
    after = page.next
  }
  return [...away].flatMap(([label, party]) => (here.has(label) ? [] : [party]))
}
