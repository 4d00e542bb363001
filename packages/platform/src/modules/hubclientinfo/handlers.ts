import { OcpiRefusal, type PartyId, partyOf } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import { clientInfoKey, type PageItem, type StoredObject } from '@interwatt/store'
import type { ReturnedParty } from '@interwatt/sync'
import { assertSameParty } from '../access.rules.js'
import { readIncoming } from '../incoming.js'
import { planPut } from '../plan-write.js'
import { type AnyCall, type ModuleDeps, originOf, receive } from '../receive.js'
import { answerObject } from '../receive-object.js'
import { asDocument } from '../serving.js'
import { returnedBy } from './returned.js'

type ClientInfoHandlers = Pick<Handlers, Extract<keyof Handlers, `hubclientinfo.${string}`>>

/** What handlers of hub client info work with. */
export interface ClientInfoDeps extends ModuleDeps {
  /** Told when a hub said something of its clients. */
  forgetClients(hubId: string): void
  /** Told of parties that a hub says are there again (HCI-012). */
  onReturned(partnerId: string, returned: readonly ReturnedParty[]): Promise<void>
}

/** Roles a party can have are few. */
const MOST_ROLES = 20

/** What this hub said of a party last: it may have several roles, and the URL names none (HCI-028). */
const latestOf = async (
  deps: ModuleDeps,
  call: AnyCall,
  party: PartyId,
): Promise<(PageItem & { readonly document: ReturnType<typeof asDocument> }) | undefined> => {
  const { items } = await deps.objects.page({
    kind: 'client_info',
    owners: [party],
    receivedFrom: call.caller.partnerId,
    limit: MOST_ROLES,
  })
  const known = items.map((item) => ({ ...item, document: asDocument(JSON.parse(item.text)) }))
  const time = ({ last_updated: at }: (typeof known)[number]['document']): number => Date.parse(String(at))
  return known.sort((a, b) => time(b.document) - time(a.document))[0]
}

const notAHub = (): OcpiRefusal => new OcpiRefusal('unknownPath', 'This platform is no hub.')

/** HubClientInfo, receiver side: only hubs are admitted (HCI-007 to HCI-009, HCI-027, HCI-028, HCI-032). */
export const clientInfoHandlers = (deps: ClientInfoDeps): ClientInfoHandlers => ({
  // NOTE: never offered to anybody, so never asked: the function of a hub is a part of its own.
  'hubclientinfo.sender.list': async () => {
    throw notAHub()
  },
  'hubclientinfo.receiver.get': async (call) => {
    const { country_code: country, party_id: id } = call.params
    const latest = await latestOf(deps, call, partyOf(country, id))
    if (latest === undefined) throw new OcpiRefusal('unknownObject', 'There is no such client here.')
    return answerObject(deps, call, 'client_info', latest, 'unknownObject')
  },
  'hubclientinfo.receiver.put': async (call) => {
    const party = partyOf(call.params.country_code, call.params.party_id)
    const received = asDocument(call.received)
    assertSameParty(party, received)
    const incoming = readIncoming('client_info', received, originOf(call, deps.now))
    const key = clientInfoKey(party, String(incoming.document.role), call.caller.partnerId)
    let before: StoredObject | undefined
    const write = {
      reads: [key],
      plan(read: Parameters<typeof planPut>[2]) {
        before = read.get(key)
        return planPut(key, incoming, read)
      },
    }
    const { reply, changed } = await receive(deps, write, 'unknownObject')
    deps.forgetClients(call.caller.partnerId)
    const returned = changed ? returnedBy(key, before, incoming.document) : undefined
    if (returned) await deps.onReturned(call.caller.partnerId, [returned])
    return reply
  },
})
