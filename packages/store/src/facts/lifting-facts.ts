import {
  type CrossingFacts,
  foldCase,
  type JsonObject,
  type PartyId,
  sameParty,
  type VersionId,
  versionOf,
} from '@interwatt/protocol'
import type { ObjectLookup } from '../ports/lookup.js'
import type { StoredObject } from '../ports/objects.js'
import { sessionsOfCdrs } from './session-of-cdr.js'

/** What is known of documents before they are read: whose they are, and whose tokens they may name. */
export interface Surroundings {
  readonly owner?: PartyId | undefined
  /** Our eMSP party that pays; only its tokens are meant, and an unknown one is said to be of it. */
  readonly tokenOwner?: PartyId | undefined
}

const contractsIn = (documents: readonly JsonObject[]): readonly string[] => [
  ...new Set(documents.flatMap(({ auth_id: contract }) => (typeof contract === 'string' ? [contract] : []))),
]

const cdrTokenOf = ({ document }: StoredObject): JsonObject => ({
  country_code: document.country_code,
  party_id: document.party_id,
  uid: document.uid,
  type: document.type,
  contract_id: document.contract_id,
})

/** Of several tokens of a contract the one that was authorized last is meant, else the oldest (cdrs.md, translation). */
const chosenOf = async (
  lookup: ObjectLookup,
  tokens: readonly StoredObject[],
): Promise<StoredObject | undefined> => {
  if (tokens.length < 2) return tokens[0]
  const uid = await lookup.lastAuthorized(tokens.map(({ document }) => String(document.uid)))
  return tokens.find(({ document }) => document.uid === uid) ?? tokens[0]
}

/** Facts for lifting documents of a version: nothing is looked up where it needs none. */
export const liftingFacts = async (
  lookup: ObjectLookup,
  version: VersionId,
  documents: readonly JsonObject[],
  around: Surroundings,
): Promise<CrossingFacts> => {
  if (versionOf(version)?.traits.needsFacts !== true) return {}
  const { owner, tokenOwner } = around
  const contracts = contractsIn(documents)
  const stored = await lookup.tokensByContract(contracts)
  const meant = stored.filter((token) => tokenOwner === undefined || sameParty(token.key, tokenOwner))
  const tokens = new Map<string, JsonObject>()
  for (const contract of contracts) {
    const hits = meant.filter(({ document }) => foldCase(String(document.contract_id)) === foldCase(contract))
    const token = await chosenOf(lookup, hits)
    if (token !== undefined) tokens.set(contract, cdrTokenOf(token))
  }
  const sessions = await sessionsOfCdrs(lookup, owner, documents)
  return {
    owner,
    tokenOwner,
    tokenOf: (contract) => tokens.get(contract),
    sessionOf: (cdrId) => sessions.get(foldCase(cdrId)),
  }
}
