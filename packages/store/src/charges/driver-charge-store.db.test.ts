import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDriverStore } from '../drivers/driver-store.js'
import { sessionKey } from '../keys/index.js'
import { createObjectStore } from '../objects/index.js'
import type { Document, DriverCharge } from '../ports/index.js'
import { type TestDatabase, testDatabase, untilVisible } from '../testing/index.js'
import { createDriverChargeStore } from './driver-charge-store.js'

const party = { countryCode: 'DE', partyId: 'CPO' }
const provider = { countryCode: 'DE', partyId: 'MSP' }
const AT = '2026-03-01T10:00:00.000Z'
const driverId = randomUUID()

let fresh: TestDatabase
let store: ReturnType<typeof createDriverChargeStore>
beforeAll(async () => {
  fresh = await testDatabase()
  store = createDriverChargeStore(fresh.database)
  await createDriverStore(fresh.database).add({
    ...{ id: driverId, party: provider, contractId: 'DE-MSP-C1', email: null, name: 'Robin', language: 'en' },
    ...{ defaultVehicleId: null, isDemo: false, createdAt: AT },
  })
})
afterAll(() => fresh.drop())

const start = (change: Partial<DriverCharge> = {}): Omit<DriverCharge, 'seq'> => ({
  ...{ id: randomUUID(), driverId, means: 'app', party, locationId: 'LOC1', evseUid: 'E1', connectorId: '1' },
  ...{
    requestKey: null,
    authorizationReference: randomUUID(),
    wish: null,
    quote: null,
    failure: null,
    stop: null,
  },
  ...{
    stopCommandId: null,
    preferences: null,
    sessionKey: null,
    cdrKey: null,
    sharesClock: null,
    isOpen: true,
  },
  askedAt: AT,
  ...change,
})

const putSession = (id: string, document: Document) => {
  const cdr_token = { country_code: 'DE', party_id: 'MSP', uid: 'U1', type: 'RFID', contract_id: 'de-msp-c1' }
  const upsert = {
    ...{ key: sessionKey(party, id), document: { id, cdr_token, ...document }, lastUpdated: AT },
    ...{ versionIn: '2.3.0' as const, unmapped: null, receivedFrom: null, changedFields: null },
  }
  return createObjectStore(fresh.database).write({
    reads: [],
    plan: () => ({ upserts: [upsert], result: null }),
  })
}

describe('a start', () => {
  it('is one at a time and EVSE, however the EVSE is spelt, until it is over', async () => {
    const first = start()
    expect(await store.ask(first)).toEqual({ kind: 'added' })
    expect(await store.ask(start({ evseUid: 'e1' }))).toMatchObject({
      kind: 'running',
      charge: { id: first.id },
    })
    await store.change(first.id, { isOpen: false })
    expect(await store.ask(start({ isOpen: true }))).toEqual({ kind: 'added' })
  })

  it('with the same key is the same, also when both come at once', async () => {
    const wanted = () => start({ evseUid: 'E2', requestKey: 'the-same-key' })
    const answers = await Promise.all([store.ask(wanted()), store.ask(wanted()), store.ask(wanted())])
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['added', 'known', 'known'])
  })

  it('takes no session that belongs to another', async () => {
    const [one, two] = [start({ evseUid: 'E3' }), start({ evseUid: 'E4' })]
    await store.ask(one)
    await store.ask(two)
    expect(await store.change(one.id, { sessionKey: 'S1' })).toMatchObject({ sessionKey: 'S1' })
    expect(await store.change(two.id, { sessionKey: 'S1' })).toBeUndefined()
  })

  it('is stopped by one of several wishes at the same time', async () => {
    const charge = start({ evseUid: 'E7' })
    await store.ask(charge)
    const stop = { asked_at: AT }
    const both = await Promise.all([store.beginStop(charge, stop), store.beginStop(charge, stop)])
    expect(both.toSorted()).toEqual([false, true])
    const stopping = await store.change(charge.id, { stopCommandId: 'C1' })
    expect(await store.beginStop(charge, stop)).toBe(false)
    expect(stopping && (await store.beginStop(stopping, stop))).toBe(true)
    expect(await store.get(driverId, charge.id)).toMatchObject({ stop, stopCommandId: null })
  })

  it('is not there for another driver', async () => {
    const mine = start({ evseUid: 'E5' })
    await store.ask(mine)
    expect(await store.get(driverId, mine.id)).toMatchObject({ id: mine.id, party, locationId: 'LOC1' })
    expect(await store.get(randomUUID(), mine.id)).toBeUndefined()
  })
})

describe('what came', () => {
  it('is unknown until a charge is known of it, compared by contract without case; reservations are none', async () => {
    await putSession('CARD', { status: 'ACTIVE' })
    await putSession('RESERVED', { status: 'RESERVATION' })
    const unknown = async () => (await store.unknown(driverId)).map(({ key }) => key.id)
    expect(await unknown()).toEqual(['CARD'])
    const charge = {
      ...start({ means: 'card', sessionKey: 'CARD', locationId: null, evseUid: null }),
      seq: 1,
    }
    await store.adopt([charge])
    await store.adopt([{ ...charge, id: randomUUID() }])
    expect(await unknown()).toEqual([])
    expect(await store.bySession(party, 'CARD')).toMatchObject({ id: charge.id })
  })

  it('is news once: who moves the place first tells of it', async () => {
    await untilVisible(fresh.database)
    const part = await store.news(100)
    expect(part.news.map(({ driverId: of, source, id }) => [of, source, id])).toEqual([
      [driverId, 'session', 'CARD'],
      [driverId, 'session', 'RESERVED'],
    ])
    const event = { type: 'charge.updated', subject: 'x', data: {} }
    expect(await store.passed(part, [event], AT)).toBe(true)
    expect(await store.passed(part, [event], AT)).toBe(false)
    expect((await store.news(100)).news).toEqual([])
  })

  it('keeps readings in the order of their time, the later state of one time', async () => {
    const charge = start({ evseUid: 'E6' })
    await store.ask(charge)
    for (const [at, wh] of [
      [AT, 5],
      ['2026-03-01T09:00:00.000Z', 1],
      [AT, 7],
    ] as const)
      await store.addReading(charge.id, { at, wh })
    expect((await store.readings(charge.id)).map(({ wh }) => wh)).toEqual([1, 7])
  })
})
