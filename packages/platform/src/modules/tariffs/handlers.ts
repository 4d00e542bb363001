import { OcpiRefusal } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import { tariffKey } from '@interwatt/store'
import { listOwn } from '../listing.js'
import { isLive, planDelete } from '../plan-write.js'
import { type ModuleDeps, mayReadBack, ownerInPath, receive } from '../receive.js'
import { answerObject, receivePatch, receivePut } from '../receive-object.js'

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
    return answerObject(deps, call, 'tariff', tariff, 'unknownObject')
  },
  'tariffs.receiver.put': async (call) => {
    const { tariff_id: inUrl } = call.params
    const key = tariffKey(ownerInPath(deps, call, 'tariffs'), inUrl)
    const id = { field: 'id', inUrl } as const
    return (await receivePut(deps, call, { kind: 'tariff', key, id, unknown: 'unknownObject' })).reply
  },
  'tariffs.receiver.patch': async (call) => {
    const key = tariffKey(ownerInPath(deps, call, 'tariffs'), call.params.tariff_id)
    return (await receivePatch(deps, call, { kind: 'tariff', key, unknown: 'unknownObject' })).reply
  },
  'tariffs.receiver.delete': async (call) => {
    const key = tariffKey(ownerInPath(deps, call, 'tariffs'), call.params.tariff_id)
    const nowIso = new Date(deps.now()).toISOString()
    return (
      await receive(deps, { reads: [key], plan: (read) => planDelete(key, nowIso, read) }, 'notCapable')
    ).reply
  },
})
