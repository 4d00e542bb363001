import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sessionKey } from '../keys/index.js'
import type { ActiveProfile, ProfileRequest } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createActiveProfileStore } from './active-profile-store.js'
import { createProfileRequestStore } from './profile-request-store.js'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const CPO = { countryCode: 'DE', partyId: 'CPO' }
const SCSP = { countryCode: 'NL', partyId: 'SCS' }
const EMSP = { countryCode: 'DE', partyId: 'MSP' }
const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 1, 10, 0, seconds)).toISOString()
let number = 0

const request = (change: Partial<ProfileRequest> = {}): ProfileRequest => {
  number += 1
  return {
    id: `r${number}`,
    direction: 'received',
    type: 'SET',
    partnerId: 'p1',
    senderParty: SCSP,
    session: sessionKey(CPO, 'S1'),
    sessionId: 's1',
    request: { charging_profile: { charging_rate_unit: 'A' } },
    responseUrl: `https://scsp.example/${number}`,
    responseTokenHash: null,
    state: 'ACCEPTED',
    response: 'ACCEPTED',
    result: null,
    profile: null,
    message: null,
    deadline: at(30),
    correlationId: 'c1',
    createdAt: at(0),
    finishedAt: null,
    ...change,
  }
}

describe('requests', () => {
  const store = () => createProfileRequestStore(database.database)

  test('come back as they were stored, with their event', async () => {
    const one = request()
    await store().insert(one, { type: 'charging_profile.received', subject: one.id, data: { id: one.id } })
    expect(await store().get(one.id)).toEqual(one)
    expect(await store().receivedAt('p1', one.responseUrl ?? '', at(-60))).toEqual(one)
    expect(await store().receivedAt('p2', one.responseUrl ?? '', at(-60))).toBeUndefined()
    const { rows } = await database.database.query<{ type: string }>(
      { text: 'select type from events where subject = $1' },
      [one.id],
    )
    expect(rows).toEqual([{ type: 'charging_profile.received' }])
  })

  test('take one result, and none after the deadline (CP-031)', async () => {
    const one = request({ direction: 'sent', responseUrl: null, responseTokenHash: 'secret-1' })
    await store().insert(one)
    expect((await store().findByResponseToken('secret-1'))?.id).toBe(one.id)
    const done = { state: 'DONE', result: 'ACCEPTED', finishedAt: at(1) } as const
    const late = { from: ['ACCEPTED'] as const, aliveAt: at(30), set: done }
    expect(await store().update(one.id, late)).toBeUndefined()
    const both = await Promise.all([
      store().update(one.id, { ...late, aliveAt: at(29) }),
      store().update(one.id, { ...late, aliveAt: at(29), set: { ...done, result: 'REJECTED' } }),
    ])
    expect(both.filter((updated) => updated !== undefined).length).toBe(1)
  })

  test('are overdue after their deadline, and dropped when finished and old', async () => {
    const open = request({ deadline: at(-30) })
    await store().insert(open)
    expect((await store().overdue(at(-20), 10)).map(({ id }) => id)).toEqual([open.id])
    await store().update(open.id, { from: ['ACCEPTED'], set: { state: 'TIMEOUT', finishedAt: at(0) } })
    expect(await store().overdue(at(-20), 10)).toEqual([])
    expect(await store().prune(at(-60))).toBe(0)
    expect(await store().prune(at(3600))).toBeGreaterThan(0)
    expect(await store().get(open.id)).toBeUndefined()
  })

  test('are taken one at a time: what was judged by older traces is not stored (CP-045)', async () => {
    const session = sessionKey(CPO, 'RACED')
    const take = (change: Partial<ProfileRequest>, traces: Awaited<ReturnType<typeof seen>>) => {
      const one = request({ session, ...change })
      const event = { type: 'charging_profile.received', subject: one.id, data: {} }
      return store().insertReceived(one, event, traces)
    }
    const seen = () => store().traces(session)
    const nothing = await seen()
    const both = await Promise.all([take({}, nothing), take({ partnerId: 'p2', senderParty: EMSP }, nothing)])
    expect([...both].sort()).toEqual([false, true])
    const latest = await seen()
    expect(latest.length).toBe(1)
    expect(await take({}, latest)).toBe(true)
    expect(await take({}, latest)).toBe(false)
    const { rows } = await database.database.query<{ events: number }>({
      text: `select count(*)::int as events from events where subject in (select id from profile_requests where session_key = 'RACED')`,
    })
    expect(rows).toEqual([{ events: 2 }])
  })

  test('leave one trace for each Sender, type, state and result, the newest', async () => {
    const session = sessionKey(CPO, 'TRACED')
    const done = { state: 'DONE', result: 'ACCEPTED' } as const
    await store().insert(request({ session, ...done }))
    await store().insert(request({ session, ...done }))
    await store().insert(request({ session, ...done, type: 'CLEAR' }))
    await store().insert(request({ session, partnerId: 'p2', senderParty: EMSP }))
    await store().insert(request({ session, ...done, direction: 'sent' }))
    const traces = await store().traces(session)
    expect(traces.length).toBe(3)
    const [set, clear] = ['SET', 'CLEAR'].map((type) =>
      traces.find((trace) => trace.type === type && trace.partnerId === 'p1'),
    )
    expect(clear?.number).toBe((set?.number ?? 0) + 1)
    expect(await store().countSince(session, 'p1', SCSP, at(-1))).toBe(3)
    expect(await store().countSince(session, 'p1', SCSP, at(0))).toBe(0)
  })
})

describe('active profiles', () => {
  const store = () => createActiveProfileStore(database.database)
  const session = sessionKey(CPO, 'ACTIVE')
  const event = { type: 'charging_profile.active', subject: 'x', data: {} }
  const listeners = [{ partnerId: 'p1', party: SCSP }]
  const active = (seconds: number, limit = 16): ActiveProfile => ({
    session,
    sessionId: 'active',
    partnerId: null,
    profile: { start_date_time: at(seconds), charging_profile: { limit } },
    startAt: at(seconds),
    updatedAt: at(seconds),
  })
  const put = (given: ActiveProfile) => store().put(given, { event, listeners })

  beforeEach(() => database.database.query({ text: 'truncate active_profiles, profile_updates' }))

  test('the newest start_date_time wins, and the same again is no news (CP-037)', async () => {
    expect(await put(active(10))).toBe('stored')
    expect(await put(active(5))).toBe('older')
    expect(await put(active(10))).toBe('unchanged')
    expect(await put(active(10, 8))).toBe('stored')
    expect(await store().get(session)).toEqual(active(10, 8))
  })

  test('an update is claimed once, and again when it was postponed', async () => {
    await put(active(10))
    expect(await store().claim(at(9), at(40), 10)).toEqual([])
    const both = await Promise.all([store().claim(at(10), at(40), 10), store().claim(at(10), at(40), 10)])
    const [claimed, ...others] = both.flat()
    expect(others).toEqual([])
    if (claimed === undefined) throw new Error('nothing was claimed')
    expect(claimed).toMatchObject({ session, partnerId: 'p1', party: SCSP, failures: 0 })
    await store().postpone(claimed, at(20))
    expect(await store().claim(at(20), at(50), 10)).toMatchObject([{ failures: 1 }])
  })

  test('an update that was sent stays when the profile changed meanwhile', async () => {
    await put(active(10))
    const [claimed] = await store().claim(at(10), at(40), 10)
    if (claimed === undefined) throw new Error('nothing was claimed')
    await put(active(11))
    await store().finish(claimed)
    const [again] = await store().claim(at(11), at(41), 10)
    if (again === undefined) throw new Error('the newer profile was forgotten')
    await store().finish(again)
    expect(await store().claim(at(60), at(90), 10)).toEqual([])
  })

  test('that ends every profile releases what was set before, not what comes after (CP-045, CP-046)', async () => {
    const requests = createProfileRequestStore(database.database)
    await requests.insert(request({ session }))
    expect((await requests.traces(session)).map(({ released }) => released)).toEqual([false])
    await store().put(active(10), { event, listeners, releases: true })
    expect((await requests.traces(session)).map(({ released }) => released)).toEqual([true])
    await put(active(11))
    await requests.insert(request({ session, partnerId: 'p2', senderParty: EMSP }))
    expect((await requests.traces(session)).map(({ released }) => released).sort()).toEqual([false, true])
  })

  test('is dropped when nobody updated it for long', async () => {
    await put(active(10))
    expect([await store().prune(at(9)), await store().prune(at(11))]).toEqual([0, 1])
  })
})
