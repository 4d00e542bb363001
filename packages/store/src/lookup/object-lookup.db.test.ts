import { partyOf } from '@interwatt/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthorizationStore } from '../access/index.js'
import { liftingFacts } from '../facts/lifting-facts.js'
import { loweringFacts } from '../facts/lowering-facts.js'
import { evseKey, locationKey, sessionKey, tariffKey, tokenKey } from '../keys/index.js'
import { createObjectStore } from '../objects/index.js'
import type { Document, ObjectKey } from '../ports/index.js'
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

describe('what documents of 2.1.1 leave to their surroundings', () => {
  let test: TestDatabase
  const AT = '2026-03-01T10:00:00.000Z'
  const emsp = partyOf('DE', 'MSP')
  const row = (key: ObjectKey, document: Document) => ({
    key,
    document: { country_code: key.countryCode, party_id: key.partyId, ...document },
    lastUpdated: AT,
    versionIn: '2.3.0' as const,
    unmapped: null,
    receivedFrom: null,
    changedFields: null,
  })
  const card = (uid: string, contract_id: string, type = 'RFID', owner = emsp) =>
    row(tokenKey(owner, uid, type), { uid, type, contract_id })
  const session = (id: string, start_date_time: string) =>
    row(sessionKey(party, id), { id, start_date_time, evse_uid: 'E1', cdr_token: { contract_id: 'C1' } })

  beforeAll(async () => {
    test = await testDatabase()
    const upserts = [
      card('FIRST', 'C1'),
      card('SECOND', 'c1'),
      card('OTHERS', 'C1', 'RFID', partyOf('NL', 'OTH')),
      card('ALONE', 'C2', 'APP_USER'),
      card('TWIN', 'C3', 'APP_USER'),
      card('TWIN', 'C3'),
      row(locationKey(party, 'LOC1'), { id: 'LOC1', name: 'Depot' }),
      row(evseKey(party, 'LOC1', 'E1'), { uid: 'E1' }),
      row(tariffKey(party, 'FAST'), { id: 'FAST', type: 'PROFILE_FAST' }),
      row(tariffKey(party, 'OLD'), { id: 'OLD', end_date_time: '2020-01-01T00:00:00Z' }),
      row(tariffKey(party, 'ALL'), { id: 'ALL' }),
      session('S1', '2026-03-01T09:00:00Z'),
    ]
    await createObjectStore(test.database).write({ reads: [], plan: () => ({ upserts, result: null }) })
    await createAuthorizationStore(test.database).add({
      id: 'a',
      at: AT,
      direction: 'answered',
      partnerId: null,
      tokenUid: 'SECOND',
      tokenType: 'RFID',
      allowed: 'ALLOWED',
      reason: '',
      durationMs: 1,
      authorizationReference: null,
      locationId: null,
    })
  })
  afterAll(() => test.drop())

  it('the token of a contract: ours, and of several the one authorized last (cdrs.md, translation)', async () => {
    const lookup = createObjectLookup(test.database)
    const documents = [{ auth_id: 'C1' }, { auth_id: 'c2' }, { auth_id: 'NONE' }]
    const facts = await liftingFacts(lookup, '2.1.1', documents, { owner: party, tokenOwner: emsp })
    expect(facts.tokenOf?.('C1')).toMatchObject({ uid: 'SECOND', country_code: 'DE', party_id: 'MSP' })
    expect(facts.tokenOf?.('c2')).toMatchObject({ uid: 'ALONE', type: 'APP_USER' })
    expect(facts.tokenOf?.('NONE')).toBeUndefined()
    expect(await liftingFacts(lookup, '2.2.1', documents, { owner: party })).toEqual({})
  })

  it('the session of a CDR, when one alone fits (cdrs.md, translation)', async () => {
    const lookup = createObjectLookup(test.database)
    const cdr = (id: string, start: string, stop: string) => ({
      id,
      auth_id: 'c1',
      start_date_time: start,
      stop_date_time: stop,
      location: { evses: [{ uid: 'e1' }] },
    })
    const documents = [
      cdr('FITS', '2026-03-01T09:00:00Z', '2026-03-01T10:00:00Z'),
      cdr('EARLIER', '2026-02-01T09:00:00Z', '2026-02-01T10:00:00Z'),
    ]
    const { sessionOf } = await liftingFacts(lookup, '2.1.1', documents, { owner: party })
    expect([sessionOf?.('fits'), sessionOf?.('EARLIER')]).toEqual(['S1', undefined])
  })

  it('the place of a session, the tariff of several, the card of a uid', async () => {
    const objects = createObjectStore(test.database)
    const rows = [
      { key: sessionKey(party, 'S1'), document: { location_id: 'loc1', evse_uid: 'E1' } },
      {
        key: evseKey(party, 'LOC1', 'E1'),
        document: { connectors: [{ tariff_ids: ['OLD', 'FAST', 'ALL'] }] },
      },
      { key: tokenKey(emsp, 'TWIN', 'APP_USER'), document: { uid: 'TWIN', type: 'APP_USER' } },
      { key: tokenKey(emsp, 'ALONE', 'APP_USER'), document: { uid: 'ALONE', type: 'APP_USER' } },
    ] as const
    const facts = await loweringFacts(objects, '2.1.1', rows, Date.parse(AT))
    expect(facts(rows[0]).placeOf?.('LOC1')).toMatchObject({ name: 'Depot', evses: [{ uid: 'E1' }] })
    expect(facts(rows[0]).placeOf?.('LOC2')).toBeUndefined()
    expect(facts(rows[1]).tariffOf?.(['OLD', 'FAST', 'ALL'])).toBe('ALL')
    expect([facts(rows[2]).hasCardTwin?.('TWIN'), facts(rows[3]).hasCardTwin?.('ALONE')]).toEqual([
      true,
      false,
    ])
    expect((await loweringFacts(objects, '2.3.0', rows, 0))(rows[0])).toEqual({})
  })
})
