import type { PartyId } from '@interwatt/protocol'
import { sameParty } from '@interwatt/protocol'
import type {
  HostedParty,
  InboundToken,
  Partner,
  PartnerProfile,
  PartnerProfileStore,
  PartnerStore,
  PartyStore,
} from '@interwatt/store'

/** Everything asked on every request, kept in memory: partners, their tokens and the parties this node hosts. */
export interface Directory {
  /**
   * The partner that may present a token with one of these hashes now. Memory is asked about all of them before the database is
   * asked about any; what the database does not know either is not asked again for a second.
   */
  findByToken(hashes: readonly string[]): Promise<TokenHolder | undefined>
  partner(id: string): Promise<Partner | undefined>
  partners(): readonly Partner[]
  /** A partner as it is in memory: for what must not wait. */
  inMemory(id: string): Partner | undefined
  /** What was agreed for a partner that deviates; empty for most. */
  profile(partnerId: string): PartnerProfile
  hosted(): readonly HostedParty[]
  /** Reads everything again; called after every change, here or (by notification) on another node. */
  reload(): Promise<void>
}

/** Whose token it is, and what kind. */
export interface TokenHolder {
  readonly partner: Partner
  readonly token: InboundToken
}

/** How long a hash nobody has is not looked up again, and how many such hashes are remembered. */
const UNKNOWN_MS = 1000
const UNKNOWN_HELD = 10_000

interface Snapshot {
  readonly partners: ReadonlyMap<string, Partner>
  readonly tokens: ReadonlyMap<string, InboundToken>
  readonly hosted: readonly HostedParty[]
  readonly profiles: ReadonlyMap<string, PartnerProfile>
}

/** The profile of a partner for which nothing was agreed. */
export const strictProfile: PartnerProfile = { accepts: {}, sends: {} }

/** Where the directory reads. */
export interface DirectorySources {
  readonly partners: PartnerStore
  readonly parties: PartyStore
  readonly profiles: PartnerProfileStore
}

const load = async (sources: DirectorySources): Promise<Snapshot> => {
  const [partners, tokens, hosted, profiles] = await Promise.all([
    sources.partners.list(),
    sources.partners.allTokens(),
    sources.parties.list(),
    sources.profiles.all(),
  ])
  return {
    partners: new Map(partners.map((partner) => [partner.id, partner])),
    tokens: new Map(tokens.map((token) => [token.hash, token])),
    hosted,
    profiles,
  }
}

const isLive = (token: InboundToken, now: number): boolean =>
  token.expiresAt === null || Date.parse(token.expiresAt) > now

/** Opens the directory with a first snapshot. */
export const openDirectory = async (sources: DirectorySources, now: () => number): Promise<Directory> => {
  const { partners: partnerStore } = sources
  let snapshot = await load(sources)
  let latestLoad = Promise.resolve()
  let waiting: Promise<void> | undefined
  const unknown = new Map<string, number>()
  return {
    async findByToken(hashes) {
      for (const hash of hashes) {
        const token = snapshot.tokens.get(hash)
        const partner = token && snapshot.partners.get(token.partnerId)
        if (token && partner) return isLive(token, now()) ? { partner, token } : undefined
      }
      for (const hash of hashes) {
        if ((unknown.get(hash) ?? 0) > now()) continue
        const found = await partnerStore.findByToken(hash)
        if (found) return found
        if (unknown.size >= UNKNOWN_HELD) unknown.clear()
        unknown.set(hash, now() + UNKNOWN_MS)
      }
      return undefined
    },
    inMemory: (id) => snapshot.partners.get(id),
    partner: async (id) => snapshot.partners.get(id) ?? partnerStore.get(id),
    partners: () => [...snapshot.partners.values()],
    profile: (partnerId) => snapshot.profiles.get(partnerId) ?? strictProfile,
    hosted: () => snapshot.hosted,
    reload() {
      // One load that waits serves everybody who asks before it begins; one that failed does not stop those after it.
      waiting ??= latestLoad
        .catch(() => {})
        .then(async () => {
          waiting = undefined
          snapshot = await load(sources)
          unknown.clear()
        })
      latestLoad = waiting
      return latestLoad
    },
  }
}

/** Parties this node hosts in a role, optionally only the one a request was addressed to. */
export const hostedIn = (hosted: readonly HostedParty[], role: string, only?: PartyId): readonly PartyId[] =>
  hosted
    .filter((party) => party.roles.includes(role) && (only === undefined || sameParty(party.party, only)))
    .map((party) => party.party)
