import { OcpiRefusal } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import { tariffKey } from '@interwatt/store'
import { assertSameId, assertSameParty } from '../access.rules.js'
import { readIncoming } from '../incoming.js'
import { listOwn } from '../listing.js'
import { isLive, planDelete, planPut } from '../plan-write.js'
import { type ModuleDeps, mayReadBack, originOf, ownerInPath, receive } from '../receive.js'
import { asDocument, serve } from '../serving.js'

type TariffHandlers = Pick<Handlers, Extract<keyof Handlers, `tariffs.${string}`>>

/** Tariffs, sender and receiver side (tariffs.md section 3.1). */
export const tariffHandlers = (deps: ModuleDeps): TariffHandlers => ({
  'tariffs.sender.list': (call) => listOwn(deps, call, 'tariff', 'CPO', {}),
  'tariffs.receiver.get': async (call) => {
    const tariff = await deps.objects.get(
      tariffKey(ownerInPath(deps, call, 'tariffs'), call.params.tariff_id),
    )
    if (!isLive(tariff) || !mayReadBack(call.caller, tariff))
      throw new OcpiRefusal('unknownObject', 'There is no such tariff here.')
    const served = serve('tariff', call.version, tariff)
    if (served.kind === 'withheld') throw new OcpiRefusal('unknownObject', served.reason)
    return { kind: 'data', data: served.document }
  },
  'tariffs.receiver.put': async (call) => {
    const party = ownerInPath(deps, call, 'tariffs')
    const received = asDocument(call.received)
    assertSameParty(party, received)
    assertSameId('id', call.params.tariff_id, received.id)
    const key = tariffKey(party, call.params.tariff_id)
    const incoming = readIncoming('tariff', received, originOf(call, deps.now))
    return (
      await receive(deps, { reads: [key], plan: (read) => planPut(key, incoming, read) }, 'unknownObject')
    ).reply
  },
  'tariffs.receiver.delete': async (call) => {
    const key = tariffKey(ownerInPath(deps, call, 'tariffs'), call.params.tariff_id)
    const nowIso = new Date(deps.now()).toISOString()
    return (
      await receive(deps, { reads: [key], plan: (read) => planDelete(key, nowIso, read) }, 'notCapable')
    ).reply
  },
})
