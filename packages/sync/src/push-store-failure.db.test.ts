import { StoreUnavailable } from '@interwatt/store'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { at, cdr, tariff } from './testing/documents.js'
import type { StubPartner } from './testing/stub-partner.js'
import {
  change,
  keys,
  type NodeAndPartner,
  openNodeAndPartner,
  put,
  register,
  type TestNode,
  until,
  untilSynced,
} from './testing/sync-node.js'

let pair: NodeAndPartner
let node: TestNode
let stub: StubPartner

beforeEach(async () => {
  pair = await openNodeAndPartner({ limits: { requestTimeoutMs: 5_000 } })
  node = pair.node
  stub = pair.stub
})

afterEach(async () => {
  vi.restoreAllMocks()
  await pair.close()
})

const lost = () => new StoreUnavailable('the database was killed')

test('posts no CDR twice when the store fails while others of the batch are on their way (TRN-103)', async () => {
  await register(node, stub, { id: 'p' })
  const ids = Array.from({ length: 40 }, (_, index) => `C${index}`)
  await Promise.all(ids.map((id) => put(node.objects, keys.cdr(id), cdr(id))))
  // Long enough for the next pass to begin while a queue that is not stopped would still be sent.
  stub.behave = ({ method }) => (method === 'POST' ? { kind: 'slow', delayMs: 1_200 } : undefined)
  vi.spyOn(node.store, 'putCdrDelivery').mockRejectedValueOnce(lost())
  node.sync.start()
  await until('every CDR arrived', () => ids.every((id) => stub.objects.has(`/cdrs/DE/IWC/${id}`)), 25_000)
  await untilSynced(node, 'p')
  const posted = stub.writes.map(({ body }) => String(body?.id)).sort()
  expect(posted).toEqual([...ids].sort())
})

test('has at most one request per object in flight when the store fails during a pass', async () => {
  await register(node, stub, { id: 'p' })
  const ids = Array.from({ length: 40 }, (_, index) => `T${index}`)
  await Promise.all(ids.map((id) => put(node.objects, keys.tariff(id), tariff(id))))
  stub.behave = ({ method, path }) => {
    if (method === 'PUT' && path.endsWith('/T0')) return { kind: 'answer', http: 400, code: 2001 }
    return { kind: 'slow', delayMs: 1_200 }
  }
  vi.spyOn(node.store, 'recordRefusal').mockRejectedValueOnce(lost())
  node.sync.start()
  await until('a request was made', () => stub.writes.length > 0)
  await change(node.objects, keys.tariff('T39'), { currency: 'CHF', last_updated: at(1) })
  await untilSynced(node, 'p')
  expect(stub.mostPerPath).toBe(1)
  expect(stub.objects.get('/tariffs/DE/IWC/T39')).toMatchObject({ currency: 'CHF' })
})
