import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testLocations } from './testing/locations.js'
import { type OperatorStub, startOperatorStub } from './testing/operator-stub.js'
import { createWorld } from './world.js'
import type { WorldEvent } from './world-event.js'
import type { World, WorldOptions } from './world-options.js'

let stub: OperatorStub
let world: World | undefined
const events: WorldEvent[] = []

beforeEach(async () => {
  stub = await startOperatorStub()
  events.length = 0
})

afterEach(async () => {
  await world?.stop()
  world = undefined
  await stub.close()
})

const CALM = {
  commandFailure: 0,
  commandLate: 0,
  commandSilent: 0,
  lateMs: 50,
  faultsPerEvseDay: 0,
  blocksPerEvseDay: 0,
}

const begin = async (change: Partial<WorldOptions> = {}): Promise<World> => {
  world = createWorld({
    seed: 7,
    speed: 1200,
    cpo: { apiUrl: stub.cpoUrl, apiKey: stub.key, countryCode: 'DE', partyId: 'SIM', name: 'Simulated CPO' },
    emsp: {
      apiUrl: stub.emspUrl,
      apiKey: stub.key,
      countryCode: 'DE',
      partyId: 'DRV',
      name: 'Simulated eMSP',
    },
    locations: testLocations(),
    rates: CALM,
    pushEveryMs: 200,
    cableMs: 150,
    patienceMs: 5_000,
    onStep: (event) => events.push(event),
    ...change,
  })
  const started = await world.start()
  expect(stub.refusals).toEqual([])
  expect(started).toEqual({ kind: 'started' })
  return world
}

const seen = (type: WorldEvent['type']) => events.filter((event) => event.type === type)

const until = async (condition: () => boolean, timeoutMs = 15_000): Promise<void> => {
  const endMs = Date.now() + timeoutMs
  while (!condition()) {
    if (Date.now() > endMs) throw new Error(`not within ${timeoutMs} ms: ${JSON.stringify(events.slice(-5))}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('a charging world over real HTTP', () => {
  it('delivers CDRs whose totals the eMSP computes itself, in valid documents', async () => {
    const running = await begin({ sessions: 6 })
    const summary = await running.done
    expect(stub.refusals).toEqual([])
    expect(summary.cdrsReceived).toBeGreaterThanOrEqual(6)
    expect(summary.cdrsDisputed).toBe(0)
    expect(summary.received).toEqual(summary.written)
    expect(summary.energyKwh).toBeGreaterThan(0)
    expect(summary.troubles).toBe(0)
    expect(seen('session.started').some((e) => e.type === 'session.started' && e.by === 'card')).toBe(true)
    expect(seen('session.started').some((e) => e.type === 'session.started' && e.by === 'command')).toBe(true)
  })

  it('finds and names every overcharge of an operator that overcharges', async () => {
    const { cdrsWritten, cdrsChecked, cdrsDisputed, billingFaults } = await (
      await begin({ sessions: 8, faults: 'billing' })
    ).done
    expect(stub.refusals).toEqual([])
    expect(cdrsChecked).toBe(cdrsWritten)
    expect(new Set(billingFaults.map(({ fault }) => fault)).size).toBeGreaterThan(3)
    for (const { cdr, fault, named } of billingFaults) expect({ cdr, named }).toEqual({ cdr, named: fault })
    expect(cdrsDisputed).toBe(billingFaults.length)
  })

  it('leads every Session from PENDING over ACTIVE to COMPLETED and leaves no session behind', async () => {
    await (await begin({ sessions: 3, speed: 600 })).done
    const sessions = [...stub.objects].filter(([path]) => path.startsWith('/sessions/'))
    expect(sessions.length).toBeGreaterThanOrEqual(3)
    for (const [path, last] of sessions) {
      const statuses = stub.history(path).map((state) => state.status)
      expect(statuses[0]).toMatch(/^(PENDING|RESERVATION)$/)
      expect(last.status).toMatch(/^(COMPLETED|INVALID)$/)
      expect(
        stub
          .history(path)
          .slice(0, -1)
          .map((state) => state.status),
      ).not.toContain('COMPLETED')
    }
  })

  it('dates nothing in the future and never sends an older last_updated', async () => {
    await (await begin({ sessions: 2, startAt: new Date(Date.now() - 86_400_000) })).done
    const byPath = new Map<string, number>()
    for (const [path] of stub.objects)
      for (const state of stub.history(path)) {
        const stamp = Date.parse(String(state.last_updated))
        expect(stamp).toBeLessThanOrEqual(Date.now() + 5)
        expect(stamp).toBeGreaterThanOrEqual(byPath.get(path) ?? 0)
        byPath.set(path, stamp)
        if (typeof state.end_date_time === 'string')
          expect(Date.parse(state.end_date_time)).toBeLessThanOrEqual(Date.now())
      }
  })

  it('plans the same trips for the same seed', async () => {
    const plugged = async () => {
      events.length = 0
      const running = await begin({ drivers: 1, sessions: 2 })
      await running.done
      return seen('driver.plugged')
        .map(({ at: _at, ...rest }) => rest)
        .slice(0, 2)
    }
    const first = await plugged()
    expect(first.length).toBe(2)
    expect(await plugged()).toEqual(first)
  })
})

describe('when things go wrong', () => {
  it('survives 503 answers, broken connections and lost event streams', async () => {
    const running = await begin({ sessions: 4 })
    for (const kind of ['503', 'break', '503', 'break'] as const) {
      await new Promise((resolve) => setTimeout(resolve, 300))
      stub.disturb(kind, 5)
      stub.dropStreams()
    }
    const summary = await running.done
    expect(summary.cdrsReceived).toBeGreaterThanOrEqual(4)
    expect(summary.cdrsDisputed).toBe(0)
    expect(summary.troubles).toBeGreaterThan(0)
  })

  it('ends sessions at faults, writes their CDRs and repairs the EVSE', async () => {
    await begin({ rates: { ...CALM, faultsPerEvseDay: 40 } })
    await until(() => seen('evse.fault').length > 0 && seen('evse.repair').length > 0)
    await until(() => events.some((e) => e.type === 'session.ended' && e.reason === 'fault'))
    const summary = await world?.stop()
    expect(summary?.faults).toBeGreaterThan(0)
    expect(stub.history('/locations').length).toBeGreaterThan(2)
  })

  it('tells of a CDR it cannot book and goes on', async () => {
    await begin({ drivers: 0 })
    const cdr_token = { country_code: 'DE', party_id: 'DRV', uid: 'U' }
    stub.tellEmsp('cdr.created', {
      country_code: 'DE',
      party_id: 'ZZZ',
      id: 'odd',
      currency: 'EUR',
      end_date_time: '2024-01-01T00:00:00Z',
      cdr_token,
      cdr_location: { id: 'L' },
      total_cost: { before_taxes: 1 },
      tariffs: [{ id: 'T', elements: [null] }],
      charging_periods: [{ start_date_time: '2024-01-01T00:00:00Z', dimensions: [] }],
    })
    await until(() => seen('trouble').length === 1)
    expect(seen('trouble')[0]).toMatchObject({ door: 'emsp', doing: 'booking a CDR' })
  })

  it('says why it cannot begin', async () => {
    world = createWorld({
      seed: 1,
      speed: 60,
      cpo: { apiUrl: stub.cpoUrl, apiKey: 'wrong', countryCode: 'DE', partyId: 'SIM', name: 'CPO' },
      emsp: { apiUrl: stub.emspUrl, apiKey: stub.key, countryCode: 'DE', partyId: 'DRV', name: 'eMSP' },
      locations: testLocations(),
    })
    expect(await world.start()).toEqual({ kind: 'failed', reason: 'party: no key' })
  })

  it('sends nothing after stop()', async () => {
    const running = await begin()
    await until(() => seen('session.started').length > 0)
    await running.stop()
    const count = stub.requests.length
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(stub.requests.length).toBe(count)
  })
})

describe('commands from outside', () => {
  const token = {
    country_code: 'NL',
    party_id: 'APP',
    uid: 'outsider',
    type: 'APP_USER',
    contract_id: 'NL-APP-C1-1',
    issuer: 'Somebody',
    valid: true,
    whitelist: 'NEVER',
    last_updated: '2024-01-01T00:00:00Z',
  }
  const place = { location_id: 'LOC1', evse_uid: 'AC1' }

  const sessionsOf = (uid: string) =>
    [...stub.objects.values()].filter((document) => {
      const owner = document.cdr_token
      return (
        'kwh' in document &&
        typeof owner === 'object' &&
        owner !== null &&
        'uid' in owner &&
        owner.uid === uid
      )
    })

  it('START_SESSION at an empty EVSE lets a visitor charge until STOP_SESSION', async () => {
    await begin({ drivers: 0, speed: 600 })
    const start = stub.command('START_SESSION', { token, ...place, authorization_reference: 'ref-1' })
    await until(
      () => stub.result(start) === 'ACCEPTED' && sessionsOf('outsider').some((s) => s.status === 'ACTIVE'),
    )
    const [session] = sessionsOf('outsider')
    expect(session).toMatchObject({
      auth_method: 'COMMAND',
      authorization_reference: 'ref-1',
      evse_uid: 'AC1',
    })
    expect(stub.history(`/sessions/DE/SIM/${String(session?.id)}`).map(({ status }) => status)).toEqual(
      expect.arrayContaining(['PENDING', 'ACTIVE']),
    )
    const again = stub.command('START_SESSION', { token, ...place })
    await until(() => stub.result(again) === 'EVSE_OCCUPIED')
    const stop = stub.command('STOP_SESSION', { session_id: session?.id })
    await until(() => stub.result(stop) === 'ACCEPTED' && seen('cdr.written').length === 1)
    expect(sessionsOf('outsider')[0]?.status).toBe('COMPLETED')
  })

  it('RESERVE_NOW keeps the EVSE, its driver uses the same Session (SES-058)', async () => {
    await begin({ drivers: 0, speed: 600 })
    const expiry_date = new Date(Date.now() + 60 * 60_000).toISOString()
    const reserve = stub.command('RESERVE_NOW', {
      token,
      location_id: 'LOC2',
      evse_uid: 'DC1',
      reservation_id: 'R1',
      expiry_date,
    })
    await until(() => stub.result(reserve) === 'ACCEPTED' && sessionsOf('outsider').length === 1)
    const id = sessionsOf('outsider')[0]?.id
    const other = stub.command('START_SESSION', {
      token: { ...token, uid: 'x' },
      location_id: 'LOC2',
      evse_uid: 'DC1',
    })
    await until(() => stub.result(other) === 'EVSE_OCCUPIED')
    await new Promise((resolve) => setTimeout(resolve, 400))
    const start = stub.command('START_SESSION', { token, location_id: 'LOC2', evse_uid: 'DC1' })
    await until(() => stub.result(start) === 'ACCEPTED' && sessionsOf('outsider')[0]?.status === 'ACTIVE')
    await new Promise((resolve) => setTimeout(resolve, 400))
    stub.command('STOP_SESSION', { session_id: id })
    await until(() => seen('cdr.written').length === 1)
    const [cdr] = [...stub.objects]
      .filter(([path]) => path.startsWith('/cdrs/'))
      .map(([, document]) => document)
    expect(cdr).toMatchObject({ session_id: id, auth_method: 'COMMAND' })
    expect(cdr?.total_reservation_cost).toBeDefined()
    const periods: unknown = cdr?.charging_periods
    expect(JSON.stringify(periods)).toContain('RESERVATION_TIME')
  })

  it('an unused reservation ends COMPLETED with a CDR without session, a cancelled one without CDR', async () => {
    await begin({ drivers: 0, speed: 1200 })
    const expiry_date = new Date(Date.now() + 20 * 60_000).toISOString()
    const dc = { token, location_id: 'LOC2', expiry_date }
    const soon = new Date(Date.now() + 1_500).toISOString()
    stub.command('RESERVE_NOW', { ...dc, evse_uid: 'DC1', reservation_id: 'R1', expiry_date: soon })
    const kept = stub.command('RESERVE_NOW', { ...dc, evse_uid: 'DC2', reservation_id: 'R2' })
    await until(() => stub.result(kept) === 'ACCEPTED')
    const cancel = stub.command('CANCEL_RESERVATION', { reservation_id: 'R2' })
    await until(() => stub.result(cancel) === 'ACCEPTED' && seen('cdr.written').length === 1)
    const unknown = stub.command('CANCEL_RESERVATION', { reservation_id: 'R9' })
    await until(() => stub.result(unknown) === 'UNKNOWN_RESERVATION')
    const [cdr] = [...stub.objects]
      .filter(([path]) => path.startsWith('/cdrs/'))
      .map(([, document]) => document)
    expect(cdr?.session_id).toBeUndefined()
    expect(cdr).toMatchObject({ cdr_location: { evse_uid: '#NA' }, total_energy: 0 })
    expect(sessionsOf('outsider').map((session) => session.status)).toEqual(['COMPLETED', 'COMPLETED'])
    expect(stub.refusals).toEqual([])
  })

  it('answers late, with failure, or not at all, as the rates say', async () => {
    await begin({ drivers: 0, rates: { ...CALM, commandFailure: 1 } })
    const failed = stub.command('START_SESSION', { token, ...place })
    await until(() => stub.result(failed) === 'FAILED')
    await world?.stop()
    await begin({ drivers: 0, rates: { ...CALM, commandSilent: 1 } })
    const silent = stub.command('START_SESSION', { token, ...place })
    await until(() => events.some((e) => e.type === 'command.answered' && e.fate === 'silent'))
    expect(stub.result(silent)).toBeUndefined()
    expect(sessionsOf('outsider')).toEqual([])
    await world?.stop()
    await begin({ drivers: 0, rates: { ...CALM, commandLate: 1 } })
    const late = stub.command('START_SESSION', { token, ...place })
    await until(() => stub.result(late) === 'ACCEPTED')
    expect(events.some((e) => e.type === 'command.answered' && e.fate === 'late')).toBe(true)
  })
})
