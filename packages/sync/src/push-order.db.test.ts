import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { at, evse, location } from './testing/documents.js'
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
  pair = await openNodeAndPartner()
  node = pair.node
  stub = pair.stub
})

afterEach(async () => {
  vi.restoreAllMocks()
  await pair.close()
})

const L1 = '/locations/DE/IWC/L1'

/** Changes an EVSE once, right before the EVSEs of a location are read to be sent with it. */
const changeBeforeAssembly = (uid: string, fields: Parameters<typeof evse>[1]) => {
  const { evsesOf } = node.store
  let changed = false
  vi.spyOn(node.store, 'evsesOf').mockImplementation(async (locations) => {
    if (locations.length > 0 && !changed) {
      changed = true
      await change(node.objects, keys.evse('L1', uid), fields ?? {})
    }
    return evsesOf(locations)
  })
}

test('sends no older state of an EVSE after the newer one that its location carried (LOC-053)', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  await put(node.objects, keys.evse('L1', 'E1'), evse('E1'))
  await put(node.objects, keys.evse('L1', 'E2'), evse('E2'))
  node.sync.start()
  await untilSynced(node, 'p')
  await node.sync.stop()
  stub.received.length = 0
  stub.behave = ({ method, path }) =>
    path === `${L1}/E1` && method !== 'GET' ? { kind: 'answer', http: 404, code: 2003 } : undefined
  await change(node.objects, keys.evse('L1', 'E1'), { status: 'BLOCKED', last_updated: at(1) })
  await change(node.objects, keys.evse('L1', 'E2'), { status: 'CHARGING', last_updated: at(1) })
  changeBeforeAssembly('E2', { status: 'OUTOFORDER', last_updated: at(2) })
  node.sync.start()
  await until('the location arrives', () => stub.writes.some(({ path }) => path === L1))
  await untilSynced(node, 'p')
  const carried = stub.writes.findIndex(({ path }) => path === L1)
  expect(stub.writes[carried]?.body).toMatchObject({ evses: [{ uid: 'E1' }, { status: 'OUTOFORDER' }] })
  expect(stub.writes.slice(carried + 1).map(({ path }) => path)).toEqual([])
})

test('a PATCH of a location is never older than an EVSE of it that was sent before (LOC-095)', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  await put(node.objects, keys.evse('L1', 'E1'), evse('E1'))
  node.sync.start()
  await untilSynced(node, 'p')
  await change(node.objects, keys.evse('L1', 'E1'), { status: 'CHARGING', last_updated: at(2) })
  await until('the status arrives', () => stub.writes.some(({ path }) => path === `${L1}/E1`))
  // Stamped before the status, stored after it, as concurrent writes may be.
  await change(node.objects, keys.location('L1'), { name: 'Yard', last_updated: at(1) })
  await until('the name arrives', () => stub.objects.get(L1)?.name === 'Yard')
  expect(stub.writes.at(-1)).toMatchObject({ method: 'PATCH', path: L1, body: { last_updated: at(2) } })
})
