import { type VersionId, versionOf } from '@interwatt/protocol'
import {
  type Document,
  loweringFacts,
  type ObjectStore,
  type Partner,
  parentLocationKey,
  type StoredObject,
} from '@interwatt/store'
import { reachOf } from '@interwatt/sync'
import type { HubClients } from '../directory/hub-clients.js'
import type { Directory } from '../directory/partner-directory.js'
import { moduleOf } from '../modules/access.rules.js'
import { lowerStored } from '../modules/lower-stored.js'
import { asDocument } from '../modules/serving.js'
import { problem, type Result, type ShownObject } from '../services.js'

export interface ShowObjectDeps {
  readonly objects: Pick<ObjectStore, 'get' | 'getMany'>
  readonly directory: Directory
  readonly hubClients: Pick<HubClients, 'of'>
  readonly now: () => number
}

/** Lowers a stored object to a version, and says what that costs. */
export const showIn = async (
  { objects, now }: Omit<ShowObjectDeps, 'directory' | 'hubClients'>,
  version: VersionId,
  object: StoredObject,
): Promise<ShownObject> => {
  const facts = await loweringFacts(objects, version, [object], now())
  const lowered = lowerStored(object.key.kind, version, object, facts(object))
  return lowered.kind === 'document'
    ? { object, version, document: asDocument(lowered.document), withheld: null, losses: lowered.losses }
    : { object, version, document: null, withheld: lowered.reason, losses: lowered.losses }
}

/** Whether a partner is sent the object at all, by its roles, endpoints and what is published; the reason when it is not. */
const keptFrom = async (
  { directory, hubClients }: ShowObjectDeps,
  partner: Partner & { readonly version: VersionId },
  object: StoredObject,
  document: Document,
): Promise<string | undefined> => {
  const { kind } = object.key
  if (object.receivedFrom !== null || kind === 'client_info') return 'received objects are not passed on'
  const routed = versionOf(partner.version)?.traits.routingHeaders ?? false
  const audience = { partner, hosted: directory.hosted(), routed, clients: await hubClients.of(partner) }
  const reach = reachOf(audience, moduleOf[kind], object.key, document, object.addressee)
  if (reach.kind === 'push') return undefined
  return reach.kind === 'none' ? reach.reason : 'the location is not published'
}

const isConnected = (partner: Partner): partner is Partner & { readonly version: VersionId } =>
  partner.version !== null

/** An object as a partner is sent it; withheld with the reason when it is not sent it. */
export const showTo = async (
  deps: ShowObjectDeps,
  partnerId: string,
  object: StoredObject,
): Promise<Result<ShownObject>> => {
  const partner = await deps.directory.partner(partnerId)
  if (!partner) return problem(404, 'No such partner', `There is no partner ${partnerId}.`)
  if (!isConnected(partner))
    return problem(409, 'The partner is not registered', 'It has no version yet; see GET /partners/{id}.')
  const shown = await showIn(deps, partner.version, object)
  const location =
    object.key.kind === 'evse' ? await deps.objects.get(parentLocationKey(object.key)) : undefined
  const reason = await keptFrom(deps, partner, object, location?.document ?? object.document)
  const done = reason === undefined ? shown : { ...shown, document: null, withheld: `Not sent: ${reason}.` }
  return { kind: 'done', value: done }
}
