import type { PartyId } from '@interwatt/protocol'
import { sameParty } from '@interwatt/protocol'
import type { HostedParty, InboundToken, Partner, PartnerStore, PartyStore } from '@interwatt/store'

/** Everything asked on every request, kept in memory: partners, their tokens and the parties this node hosts. */
export interface Directory {
  /** The partner that may present a token with this hash now; asks the database when memory does not know it. */
  findByToken(hash: string): Promise<{ readonly partner: Partner; readonly token: InboundToken } | undefined>
  partner(id: string): Promise<Partner | undefined>
  partners(): readonly Partner[]
  hosted(): readonly HostedParty[]
  /** Reads everything again; called after every change, here or (by notification) on another node. */
  reload(): Promise<void>
}

interface Snapshot {
  readonly partners: ReadonlyMap<string, Partner>
  readonly tokens: ReadonlyMap<string, InboundToken>
  readonly hosted: readonly HostedParty[]
}

const load = async (partnerStore: PartnerStore, partyStore: PartyStore): Promise<Snapshot> => {
  const [partners, hosted] = await Promise.all([partnerStore.list(), partyStore.list()])
  const tokenLists = await Promise.all(partners.map((partner) => partnerStore.tokensOf(partner.id)))
  return {
    partners: new Map(partners.map((partner) => [partner.id, partner])),
    tokens: new Map(tokenLists.flat().map((token) => [token.hash, token])),
    hosted,
  }
}

const isLive = (token: InboundToken, now: number): boolean =>
  token.expiresAt === null || Date.parse(token.expiresAt) > now

/** Opens the directory with a first snapshot. */
export const openDirectory = async (
  partnerStore: PartnerStore,
  partyStore: PartyStore,
  now: () => number,
): Promise<Directory> => {
  let snapshot = await load(partnerStore, partyStore)
  let latestLoad = Promise.resolve()
  return {
    async findByToken(hash) {
      const token = snapshot.tokens.get(hash)
      const partner = token && snapshot.partners.get(token.partnerId)
      if (token && partner) return isLive(token, now()) ? { partner, token } : undefined
      return partnerStore.findByToken(hash)
    },
    partner: async (id) => snapshot.partners.get(id) ?? partnerStore.get(id),
    partners: () => [...snapshot.partners.values()],
    hosted: () => snapshot.hosted,
    reload() {
      latestLoad = latestLoad.then(async () => {
        snapshot = await load(partnerStore, partyStore)
      })
      return latestLoad
    },
  }
}

/** Parties this node hosts in a role, optionally only the one a request was addressed to. */
export const hostedIn = (hosted: readonly HostedParty[], role: string, only?: PartyId): readonly PartyId[] =>
  hosted
    .filter((party) => party.roles.includes(role) && (only === undefined || sameParty(party.party, only)))
    .map((party) => party.party)
