import type { DriverCharge, StoredObject } from '@interwatt/store'
import { expect, it } from 'vitest'
import { planAdoption } from './plan-adoption.js'

const party = { countryCode: 'DE', partyId: 'CPO' }

const object = (kind: 'session' | 'cdr', id: string, document: object, createdSeq = 10): StoredObject => ({
  key: { kind, ...party, id },
  document: { id, cdr_token: { type: 'APP_USER' }, start_date_time: '2026-03-01T10:00:00Z', ...document },
  lastUpdated: '2026-03-01T10:00:00.000Z',
  versionIn: '2.2.1',
  unmapped: null,
  receivedFrom: 'p1',
  createdSeq,
  changedSeq: createdSeq,
  previousSeq: 0,
  changedFields: null,
  deletedAt: null,
})

const start = (id: string, change: Partial<DriverCharge> = {}) => ({
  ...{ id, seq: 5, party, authorizationReference: `ref-${id}` },
  ...{ locationId: 'LOC1', evseUid: 'E1', connectorId: '1' },
  ...change,
})

const linksOf = (objects: readonly StoredObject[], starts: readonly ReturnType<typeof start>[]) =>
  planAdoption('d', objects, starts).links.map(({ chargeId, sessionKey }) => [chargeId, sessionKey])

it('finds the start of a session by its reference, however it is spelt', () => {
  const session = object('session', 'S1', { authorization_reference: 'REF-B' })
  expect(linksOf([session], [start('a'), start('b')])).toEqual([['b', 'S1']])
})

it('finds the start of a session without a reference by its place: the newest before it', () => {
  const session = object('session', 'S1', { location_id: 'loc1', evse_uid: 'e1' })
  const starts = [start('late', { seq: 20 }), start('new', { seq: 6 }), start('old', { seq: 4 })]
  expect(linksOf([session], starts)).toEqual([['new', 'S1']])
})

it('links a CDR that came before its session', () => {
  const cdr = object('cdr', 'C1', { session_id: 's1', authorization_reference: 'ref-a' })
  expect(linksOf([cdr], [start('a')])).toEqual([['a', 'S1']])
})

it('makes a session of a card a charge of its own, with the same id each time', () => {
  const session = object('session', 'S1', {
    cdr_token: { type: 'RFID' },
    location_id: 'LOC1',
    evse_uid: 'E1',
  })
  const plan = () => planAdoption('d', [session], [start('a')])
  expect(plan().links).toEqual([])
  expect(plan().adopted).toMatchObject([{ means: 'card', sessionKey: 'S1', isOpen: true }])
  expect(plan().adopted[0]?.id).toBe(plan().adopted[0]?.id)
})

it('makes one charge of a session and its CDR, and one of a CDR without a session', () => {
  const card = { cdr_token: { type: 'RFID' } }
  const objects = [
    object('cdr', 'C1', { ...card, session_id: 'S1' }),
    object('session', 'S1', { ...card, status: 'COMPLETED' }),
    object('cdr', 'C2', card),
  ]
  const { adopted } = planAdoption('d', objects, [])
  expect(adopted.map(({ sessionKey, cdrKey, isOpen }) => [sessionKey, cdrKey, isOpen])).toEqual([
    ['S1', null, false],
    [null, 'C2', false],
  ])
})

it('gives one start one session only', () => {
  const both = ['S1', 'S2'].map((id) => object('session', id, { authorization_reference: 'ref-a' }))
  const plan = planAdoption('d', both, [start('a')])
  expect(plan.links.length).toBe(1)
  expect(plan.adopted.map(({ sessionKey }) => sessionKey)).toEqual(['S2'])
})

it.each([
  ['0000-01-01T00:00:00Z', '2026-03-01T10:00:00.000Z'],
  ['2026-02-30T10:00:00Z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T23:30:00+23:30', '2026-03-01T00:00:00.000Z'],
])('a start at %s is one that the database can hold', (start_date_time, askedAt) => {
  const card = { cdr_token: { type: 'RFID' } }
  const { adopted } = planAdoption('d', [object('session', 'S1', { ...card, start_date_time })], [])
  expect(adopted).toMatchObject([{ askedAt }])
})
