import type { ClientPartner } from '@interwatt/client'
import { type PartyId, sameParty, versionOf } from '@interwatt/protocol'
import type { HostedParty, Partner } from '@interwatt/store'
import { type AwayParty, awayAmong, type ClientRole, connectedRoles, readHubClients } from './hub-clients.js'
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
  const { absent, clients } = await behind(deps, partner, hosted)
  const offline = async (): Promise<readonly PartyId[]> => {
    const { away } = await behind(deps, partner, hosted)
    return away.filter(({ isOffline }) => isOffline).map(({ party }) => party)
  }
  return { partner, target, hosted, audience: { partner, hosted, routed, absent, clients }, offline }
}

interface Behind {
  readonly away: readonly AwayParty[]
  readonly absent: readonly PartyId[]
  readonly clients: readonly ClientRole[]
}

/** Who is behind a hub, and who of them is not there; nobody is behind other partners. */
const behind = async (
  deps: Pick<SyncDeps, 'objects' | 'partners'>,
  partner: Partner,
  hosted: readonly HostedParty[],
): Promise<Behind> => {
  const { hubParty: hub } = partner
  if (hub === null) return { away: [], absent: [], clients: [] }
  const [said, partners] = await Promise.all([readHubClients(deps.objects, partner.id), deps.partners.list()])
  const away = awayAmong(said).filter(({ party }) => !sameParty(party, hub))
  const clients = connectedRoles(partner, said, { hosted, partners })
  return { away, absent: away.map(({ party }) => party), clients }
}
