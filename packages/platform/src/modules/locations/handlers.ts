import { type DocumentName, OcpiRefusal } from '@interwatt/protocol'
import type { Handlers, Reply } from '@interwatt/server'
import {
  type Document,
  evseKey,
  locationKey,
  loweringFacts,
  type ObjectKey,
  type StoredObject,
} from '@interwatt/store'
import { hostedIn } from '../../directory/partner-directory.js'
import { assertSameId, assertSameParty, registeredIn } from '../access.rules.js'
import { readIncoming } from '../incoming.js'
import { listOwn } from '../listing.js'
import { isLive } from '../plan-write.js'
import { type AnyCall, type ModuleDeps, mayReadBack, originOf, ownerInPath, receive } from '../receive.js'
import { answerObject, assertMeant, receivePatch } from '../receive-object.js'
import { asDocument, serve } from '../serving.js'
import { locationWrite } from './location-write.js'
import { findConnector, planPatchConnector, planPutConnector } from './plan-connector.js'
import { planPatchLocation, planPutEvse } from './plan-location.js'

type LocationHandlers = Pick<Handlers, Extract<keyof Handlers, `locations.${string}`>>

const unknown = (what: string): OcpiRefusal =>
  new OcpiRefusal('unknownLocation', `There is no such ${what} here.`)

type Answering = Pick<ModuleDeps, 'objects' | 'now'>

const answer = (deps: Answering, call: AnyCall, name: DocumentName, stored: StoredObject): Promise<Reply> =>
  answerObject(deps, call, name, stored, 'unknownLocation')

/** A connector as its EVSE shows it, which is kept with what gives its connectors back as they came. */
const answerConnector = async (
  deps: Answering,
  call: AnyCall,
  evse: StoredObject,
  connectorId: string,
): Promise<Reply> => {
  const facts = await loweringFacts(deps.objects, call.version, [evse], deps.now())
  const served = serve('evse', call.version, evse, facts(evse))
  if (served.kind === 'withheld') throw new OcpiRefusal('unknownLocation', served.reason)
  const connector = findConnector(served.document, connectorId)
  if (!connector) throw unknown('connector')
  assertMeant(call, 'connector', connector, 'unknownLocation')
  return { kind: 'data', data: connector }
}

/** A location with its EVSEs, each given back as it came. */
const answerLocation = async (
  deps: ModuleDeps,
  call: AnyCall,
  key: ObjectKey,
  mayRead: (location: StoredObject) => boolean = () => true,
): Promise<Reply> => {
  const location = await deps.objects.getLocation(key)
  if (!isLive(location) || !mayRead(location)) throw unknown('location')
  return answer(deps, call, 'location', location)
}

/** Unpublished locations are for eMSPs whose drivers some of them are allowed to, by push, list and object alike (ROL-010). */
const unpublishedFor = (call: AnyCall): 'none' | 'allowed' =>
  registeredIn(call.caller, ['EMSP']).length === 0 ? 'none' : 'allowed'

const mayBeSeen = (call: AnyCall, { publish, publish_allowed_to: allowed }: Document): boolean =>
  publish !== false || (unpublishedFor(call) === 'allowed' && Array.isArray(allowed) && allowed.length > 0)

const senderHandlers = (deps: ModuleDeps) => {
  const ownLocation = async (call: AnyCall, id: string): Promise<ObjectKey> => {
    const keys = hostedIn(deps.directory.hosted(), 'CPO', call.routing.to).map((party) =>
      locationKey(party, id),
    )
    const found = (await deps.objects.getMany(keys)).find((row) => isLive(row) && row.receivedFrom === null)
    if (!found || !mayBeSeen(call, found.document)) throw unknown('location')
    return found.key
  }
  const ownEvse = async (call: AnyCall, locationId: string, uid: string): Promise<StoredObject> => {
    const location = await ownLocation(call, locationId)
    const evse = await deps.objects.get(evseKey(location, locationId, uid))
    if (!isLive(evse)) throw unknown('EVSE')
    return evse
  }
  return {
    'locations.sender.list': (call) =>
      listOwn(deps, call, 'location', 'CPO', { unpublished: unpublishedFor(call) }),
    'locations.sender.get': async (call) =>
      answerLocation(deps, call, await ownLocation(call, call.params.location_id)),
    'locations.sender.getEvse': async (call) =>
      answer(deps, call, 'evse', await ownEvse(call, call.params.location_id, call.params.evse_uid)),
    'locations.sender.getConnector': async (call) =>
      answerConnector(
        deps,
        call,
        await ownEvse(call, call.params.location_id, call.params.evse_uid),
        call.params.connector_id,
      ),
  } satisfies Partial<LocationHandlers>
}

type EvsePath = { country_code: string; party_id: string; location_id: string; evse_uid: string }

const receiverHandlers = (deps: ModuleDeps) => {
  const receivedEvse = async (call: AnyCall & { params: EvsePath }): Promise<StoredObject> => {
    const party = ownerInPath(deps, call, 'locations')
    const evse = await deps.objects.get(evseKey(party, call.params.location_id, call.params.evse_uid))
    if (!isLive(evse) || evse.receivedFrom !== call.caller.partnerId) throw unknown('EVSE')
    return evse
  }
  const keysOf = (call: AnyCall & { params: EvsePath }) => {
    const party = ownerInPath(deps, call, 'locations')
    return {
      location: locationKey(party, call.params.location_id),
      evse: evseKey(party, call.params.location_id, call.params.evse_uid),
    }
  }
  return {
    'locations.receiver.get': async (call) => {
      const key = locationKey(ownerInPath(deps, call, 'locations'), call.params.location_id)
      return answerLocation(deps, call, key, (location) => mayReadBack(call.caller, location))
    },
    'locations.receiver.getEvse': async (call) => answer(deps, call, 'evse', await receivedEvse(call)),
    'locations.receiver.getConnector': async (call) =>
      answerConnector(deps, call, await receivedEvse(call), call.params.connector_id),
    'locations.receiver.put': async (call) => {
      const party = ownerInPath(deps, call, 'locations')
      const received = asDocument(call.received)
      assertSameParty(party, received)
      assertSameId('id', call.params.location_id, received.id)
      const write = locationWrite(party, call.params.location_id, received, originOf(call, deps.now))
      return (await receive(deps, write, 'unknownLocation')).reply
    },
    'locations.receiver.patch': async (call) => {
      const party = ownerInPath(deps, call, 'locations')
      const received = asDocument(call.received)
      const { location_id: id } = call.params
      const evses = Array.isArray(received.evses)
        ? received.evses.map((evse) => evseKey(party, id, String(asDocument(evse).uid)))
        : []
      const plan = (read: Parameters<typeof planPatchLocation>[4]) =>
        planPatchLocation(party, id, received, originOf(call, deps.now), read)
      return (await receive(deps, { reads: [locationKey(party, id), ...evses], plan }, 'unknownLocation'))
        .reply
    },
    'locations.receiver.putEvse': async (call) => {
      const { location, evse } = keysOf(call)
      const received = asDocument(call.received)
      assertSameId('uid', call.params.evse_uid, received.uid)
      const incoming = readIncoming('evse', received, originOf(call, deps.now))
      return (
        await receive(
          deps,
          { reads: [location, evse], plan: (read) => planPutEvse(evse, location, incoming, read) },
          'unknownLocation',
        )
      ).reply
    },
    'locations.receiver.patchEvse': async (call) => {
      const { evse } = keysOf(call)
      return (await receivePatch(deps, call, { kind: 'evse', key: evse, unknown: 'unknownLocation' })).reply
    },
    'locations.receiver.putConnector': async (call) => {
      const { evse } = keysOf(call)
      const received = asDocument(call.received)
      assertSameId('id', call.params.connector_id, received.id)
      const plan = (read: Parameters<typeof planPutConnector>[3]) =>
        planPutConnector(evse, received, originOf(call, deps.now), read)
      return (await receive(deps, { reads: [evse], plan }, 'unknownLocation')).reply
    },
    'locations.receiver.patchConnector': async (call) => {
      const { evse } = keysOf(call)
      const received = asDocument(call.received)
      const plan = (read: Parameters<typeof planPatchConnector>[4]) =>
        planPatchConnector(evse, call.params.connector_id, received, originOf(call, deps.now), read)
      return (await receive(deps, { reads: [evse], plan }, 'unknownLocation')).reply
    },
  } satisfies Partial<LocationHandlers>
}

/** Locations, sender and receiver side (locations.md). */
export const locationHandlers = (deps: ModuleDeps): LocationHandlers => ({
  ...senderHandlers(deps),
  ...receiverHandlers(deps),
})
