import { partyOf } from '@interwatt/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evseKey } from '../keys/index.js'
import { createObjectStore } from '../objects/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createObjectLookup } from './object-lookup.js'

const party = partyOf('DE', 'CPO')

describe('a tariff that connectors list', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await testDatabase()
    const evse = (uid: string, document: object) => ({
      key: evseKey(party, 'LOC1', uid),
      document: { uid, ...document },
      lastUpdated: '2026-03-01T10:00:00.000Z',
      versionIn: '2.3.0' as const,
      unmapped: null,
      receivedFrom: null,
      changedFields: null,
    })
    const upserts = [
      evse('E1', { status: 'AVAILABLE', connectors: [{ id: '1' }, { id: '2', tariff_ids: ['Ac-Day'] }] }),
      evse('E2', { status: 'REMOVED', connectors: [{ id: '1', tariff_ids: ['Gone'] }] }),
      evse('E3', { status: 'AVAILABLE', connectors: [{ id: '1', tariff_ids: null }] }),
      evse('E4', { status: 'AVAILABLE' }),
      evse('E5', { status: 'CHARGING', connectors: [{ id: '1' }, { id: '2', tariff_ids: ['A', 'B'] }] }),
      evse('E6', { status: 'REMOVED', connectors: [{ id: '1', tariff_ids: ['A', 'B'] }] }),
      evse('E7', { status: 'BLOCKED', connectors: [{ id: '1', tariff_ids: ['C', 'D', 'E'] }] }),
    ]
    await createObjectStore(test.database).write({ reads: [], plan: () => ({ upserts, result: null }) })
  })
  afterAll(() => test.drop())

  it('is in use however its id is spelt, as long as an EVSE that lists it lives (TAR-013, CiString)', async () => {
    const lookup = createObjectLookup(test.database)
    expect(await lookup.tariffInUse(party, 'AC-DAY')).toBe(true)
    expect(await lookup.tariffInUse(party, 'Ac-Day')).toBe(true)
    expect(await lookup.tariffInUse(party, 'GONE')).toBe(false)
    expect(await lookup.tariffInUse(partyOf('DE', 'OTH'), 'AC-DAY')).toBe(false)
  })

  it('is one of several on connectors in use, which are found by key, page by page (LOC-129)', async () => {
    const lookup = createObjectLookup(test.database)
    const found = async (after: string, limit: number) =>
      (await lookup.evsesWithTariffs(party, after, limit)).map(({ key }) => key.id)
    expect(await found('', 10)).toEqual(['LOC1/E5', 'LOC1/E7'])
    expect(await found('', 1)).toEqual(['LOC1/E5'])
    expect(await found('LOC1/E5', 1)).toEqual(['LOC1/E7'])
    expect(await lookup.evsesWithTariffs(partyOf('DE', 'OTH'), '', 10)).toEqual([])
  })
})
