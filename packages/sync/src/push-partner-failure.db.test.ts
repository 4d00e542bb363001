import { afterEach, beforeEach, expect, test } from 'vitest'
import { cdr, tariff } from './testing/documents.js'
import type { StubPartner } from './testing/stub-partner.js'
import {
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
let aheadMs = 0

beforeEach(async () => {
  aheadMs = 0
  pair = await openNodeAndPartner({ clock: () => Date.now() + aheadMs })
  node = pair.node
  stub = pair.stub
})

afterEach(() => pair.close())

const refusals = () => node.store.refusals({ partnerId: 'p', limit: 100 })

test.each([
  ['200 with 3000', 200, 3000],
  ['500', 500, 3000],
  ['503', 503, 2000],
])(
  'loses nothing when the partner itself fails with %s for a moment (promise 2)',
  async (_, http, code) => {
    await register(node, stub, { id: 'p' })
    const ids = Array.from({ length: 40 }, (_, index) => `C${index}`)
    await Promise.all(ids.map((id) => put(node.objects, keys.cdr(id), cdr(id))))
    let brokenUntilMs: number | undefined
    let begun = 0
    stub.behave = ({ method }) => {
      if (method !== 'POST') return undefined
      begun += 1
      if (begun === 12) brokenUntilMs = Date.now() + 1_500
      if (brokenUntilMs !== undefined && Date.now() < brokenUntilMs) return { kind: 'answer', http, code }
      // What it took before it failed is answered after the first failure.
      return { kind: 'slow', delayMs: 60 }
    }
    node.sync.start()
    const missing = () => ids.filter((id) => !stub.objects.has(`/cdrs/DE/IWC/${id}`))
    await until('every CDR is there', () => missing().length === 0, 40_000)
    await until('nothing is set aside', async () => (await refusals()).length === 0)
    await untilSynced(node, 'p')
  },
  50_000,
)

test('tries again later what was set aside because the partner failed on it alone', async () => {
  await register(node, stub, { id: 'p' })
  stub.behave = ({ path }) => (path.endsWith('/T2') ? { kind: 'answer', http: 500, code: 3000 } : undefined)
  for (const id of ['T1', 'T2', 'T3']) await put(node.objects, keys.tariff(id), tariff(id))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(await refusals()).toMatchObject([{ key: keys.tariff('T2'), httpStatus: 500 }])
  const attempts = () => stub.writes.filter(({ path }) => path.endsWith('/T2')).length
  const before = attempts()

  aheadMs = 11 * 60_000
  node.sync.kick('p')
  await until('it is tried again', () => attempts() > before)
  await put(node.objects, keys.tariff('T4'), tariff('T4'))
  await until('the rest goes on', () => stub.objects.has('/tariffs/DE/IWC/T4'))
  expect(await refusals()).toHaveLength(1)

  stub.behave = () => undefined
  aheadMs = 22 * 60_000
  node.sync.kick('p')
  await until('it is taken', () => stub.objects.has('/tariffs/DE/IWC/T2'))
  await until('nothing is set aside', async () => (await refusals()).length === 0)
})

test('asks for a CDR before another POST when the partner failed after it had stored it (TRN-103)', async () => {
  await register(node, stub, { id: 'p' })
  let failed = false
  stub.behave = ({ method, body }) => {
    if (method !== 'POST' || failed || body === undefined) return undefined
    failed = true
    stub.objects.set('/cdrs/DE/IWC/C1', body)
    return { kind: 'answer', http: 200, code: 3000 }
  }
  await put(node.objects, keys.cdr('C1'), cdr('C1'))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(stub.writes.filter(({ method }) => method === 'POST')).toHaveLength(1)
  expect(await refusals()).toEqual([])
})
