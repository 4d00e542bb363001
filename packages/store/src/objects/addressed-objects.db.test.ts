import { partyOf } from '@interwatt/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cdrKey, confirmationKey, evseKey, invoiceRecordKey, sessionKey, terminalKey } from '../keys/index.js'
import { createObjectLookup } from '../lookup/object-lookup.js'
import type { ObjectKey, ObjectStore, Upsert } from '../ports/objects.js'
import { type TestDatabase, testDatabase, untilVisible } from '../testing/index.js'
import { createObjectStore } from './object-store.js'

const PTP = partyOf('AT', 'PTP')
const CPO = partyOf('DE', 'CPO')
const OTHER = partyOf('NL', 'OTH')

let fresh: TestDatabase
let store: ObjectStore
beforeAll(async () => {
  fresh = await testDatabase()
  store = createObjectStore(fresh.database)
})
afterAll(() => fresh.drop())

const put = (key: ObjectKey, document: Upsert['document'], more: Partial<Upsert> = {}) => {
  const upsert: Upsert = {
    key,
    document,
    lastUpdated: '2026-01-01T00:00:00.000Z',
    versionIn: '2.3.0',
    unmapped: null,
    receivedFrom: null,
    changedFields: null,
    ...more,
  }
  return store.write({ reads: [key], plan: () => ({ upserts: [upsert], result: undefined }) })
}

test('an addressee stays with its object, in every way it is read, and filters lists (decision 0020)', async () => {
  const key = terminalKey(PTP, 'T1')
  await put(key, { terminal_id: 'T1' }, { addressee: CPO })
  await put(terminalKey(PTP, 'T2'), { terminal_id: 'T2' }, { addressee: OTHER })
  await put(terminalKey(PTP, 'T3'), { terminal_id: 'T3' })
  expect((await store.get(key))?.addressee).toEqual(CPO)
  expect(await store.get(terminalKey(PTP, 'T3'))).not.toHaveProperty('addressee')
  await untilVisible(fresh.database)
  const [first] = await store.changes({ after: 0, kinds: ['terminal'], limit: 1 })
  expect(first).toMatchObject({ key, addressee: CPO })
  const page = await store.page({ kind: 'terminal', addressees: [CPO], limit: 10 })
  expect([page.items.map((item) => item.key.id), page.total]).toEqual([['T1'], 1])
  expect((await store.page({ kind: 'terminal', addressees: [], limit: 10 })).total).toBe(0)
  await put(key, { terminal_id: 'T1', city: 'Wien' }, { addressee: OTHER })
  expect((await store.get(key))?.addressee).toEqual(OTHER)
})

test('sessions, CDRs and confirmations are found by their reference, whatever its case (PAY-023)', async () => {
  const reference = { authorization_reference: 'Ref-1' }
  await put(sessionKey(CPO, 'S1'), { id: 'S1', ...reference })
  await put(cdrKey(CPO, 'C1'), { id: 'C1', ...reference })
  await put(confirmationKey(PTP, 'F1'), { id: 'F1', ...reference })
  await put(confirmationKey(PTP, 'F2'), { id: 'F2', authorization_reference: 'REF-2' })
  await put(confirmationKey(PTP, 'F3'), { id: 'F3', ...reference }, { deleted: true })
  const found = await createObjectLookup(fresh.database).byAuthorizationReference('REF-1')
  expect(found.map(({ key }) => key.id)).toEqual(['S1', 'C1', 'F1'])
})

test('CDRs are found by their ids alone, and records by the CDRs they list (INV-021, INV-024)', async () => {
  const lookup = createObjectLookup(fresh.database)
  await put(cdrKey(OTHER, 'c1'), { id: 'c1' })
  expect((await lookup.cdrsById(['C1', 'none'])).map(({ key }) => key.countryCode)).toEqual(['DE', 'NL'])
  const record = (id: string, cdrs: string[], more: Partial<Upsert> = {}) =>
    put(invoiceRecordKey(CPO, id), { id, invoice_id: `I-${id}`, cdrs }, more)
  await record('R1', ['c1', 'C1', 'C2'])
  await record('R2', ['C2', 'C9'])
  await record('R3', ['C1'], { deleted: true })
  expect(await lookup.recordsListing(CPO, ['C1', 'c2'])).toEqual([
    { id: 'R1', invoiceId: 'I-R1', cdrs: ['C1', 'C2'] },
    { id: 'R2', invoiceId: 'I-R2', cdrs: ['C2'] },
  ])
  expect(await lookup.recordsListing(OTHER, ['C1'])).toEqual([])
})

test('own terminals of a provider are found by their reference (PAY-017)', async () => {
  await put(terminalKey(PTP, 'OWN'), { terminal_id: 'OWN', reference: 'Serial-1' })
  await put(terminalKey(OTHER, 'X'), { terminal_id: 'X', reference: 'Serial-1' })
  await put(terminalKey(PTP, 'RECEIVED'), { reference: 'Serial-1' }, { receivedFrom: 'partner' })
  const found = await createObjectLookup(fresh.database).terminalsByReference(PTP, 'SERIAL-1')
  expect(found.map(({ key }) => key.id)).toEqual(['OWN'])
})

test('the terminals of a place are those that list its location or its EVSE, however spelt (PAY-010)', async () => {
  const place = (location_ids: string[], evse_uids: string[]) => ({ location_ids, evse_uids })
  await put(terminalKey(PTP, 'AT-LOCATION'), place(['Depot/1'], []))
  await put(terminalKey(PTP, 'AT-EVSE'), place([], ['other', 'plug-1']))
  await put(terminalKey(PTP, 'NOWHERE'), place([], []))
  await put(terminalKey(OTHER, 'THEIRS'), place(['DEPOT/1'], ['PLUG-1']))
  const lookup = createObjectLookup(fresh.database)
  const serving = async (locationId: string, evseUid: string) =>
    (await lookup.terminalsServing(PTP, { locationId, evseUid })).map(({ key }) => key.id)
  expect(await serving('DEPOT/1', 'Plug-1')).toEqual(['AT-LOCATION', 'AT-EVSE'])
  expect(await serving('depot/1', 'PLUG-2')).toEqual(['AT-LOCATION'])
  expect(await serving('ELSEWHERE', 'PLUG-2')).toEqual([])
})

test('EVSEs without an ability are found by location or uid, those with it or removed are not (PAY-043)', async () => {
  const evse = (uid: string, change: object) =>
    put(evseKey(CPO, 'Depot/1', uid), { uid, status: 'AVAILABLE', ...change })
  await evse('A', { capabilities: ['RFID_READER'] })
  await evse('B', { capabilities: ['RFID_READER', 'PED_TERMINAL'] })
  await evse('C/1', {})
  await evse('D', { status: 'REMOVED' })
  const lookup = createObjectLookup(fresh.database)
  const without = async (locationIds: string[], evseUids: string[], limit = 10) =>
    (await lookup.evsesWithout(CPO, { locationIds, evseUids }, ['PED_TERMINAL'], limit)).map(
      ({ document }) => document.uid,
    )
  expect(await without(['depot/1'], [])).toEqual(['A', 'C/1'])
  expect(await without(['depot/1'], [], 1)).toEqual(['A'])
  expect(await without([], ['c/1', 'B', 'D'])).toEqual(['C/1'])
  expect(await without(['ELSEWHERE'], ['Z'])).toEqual([])
  expect(await without([], [])).toEqual([])
})
