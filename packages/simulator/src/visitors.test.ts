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

const prefersAt = (uid: string) =>
  testLocations().map((location) => ({
    ...location,
    evses: (location.evses ?? []).map((evse) =>
      evse.uid === uid
        ? { ...evse, capabilities: [...(evse.capabilities ?? []), 'CHARGING_PREFERENCES_CAPABLE' as const] }
        : evse,
    ),
  }))

const begin = async (change: Partial<WorldOptions> = {}): Promise<void> => {
  const door = (apiUrl: string, partyId: string) => ({
    ...{ apiUrl, apiKey: stub.key, countryCode: 'DE', partyId, name: partyId },
  })
  world = createWorld({
    seed: 7,
    speed: 60,
    drivers: 0,
    cpo: door(stub.cpoUrl, 'SIM'),
    emsp: door(stub.emspUrl, 'DRV'),
    locations: prefersAt('AC1'),
    rates: { faultsPerEvseDay: 0, blocksPerEvseDay: 0, commandFailure: 1 },
    luckyVisitors: true,
    cableMs: 300,
    onStep: (event) => events.push(event),
    ...change,
  })
  expect(await world.start()).toEqual({ kind: 'started' })
}

const until = async (what: string, condition: () => boolean): Promise<void> => {
  const endMs = Date.now() + 15_000
  while (!condition()) {
    if (Date.now() > endMs) throw new Error(`not ${what}: ${JSON.stringify(events.slice(-6))}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const token = (uid: string) => ({
  ...{ country_code: 'NL', party_id: 'OUT', uid, type: 'APP_USER', contract_id: `NL-OUT-${uid}-1` },
})

/** States of the sessions of a token, as they were told. */
const told = (uid: string) =>
  stub.history('/sessions/').filter(({ cdr_token: owner }) => JSON.stringify(owner).includes(`"${uid}"`))
const latest = (uid: string) => told(uid).at(-1)
const statusesOf = (uid: string) => [...new Set(told(uid).map(({ status }) => status))]
const start = (uid: string, place: object) => stub.command('START_SESSION', { token: token(uid), ...place })
const AC1 = { location_id: 'LOC1', evse_uid: 'AC1' }
const causes = (evse: string) =>
  events.flatMap((event) => (event.type === 'evse.status' && event.evse === evse ? [event.to] : []))

describe('somebody from outside', () => {
  it('starts, is waited for, plugs in, charges until told to stop, and leaves a free EVSE and a CDR', async () => {
    await begin()
    const command = start('v1', AC1)
    await until('accepted', () => stub.result(command) === 'ACCEPTED' && told('v1').length > 0)
    expect(latest('v1')).toMatchObject({ status: 'PENDING', kwh: 0 })
    expect(causes('LOC1/AC1')).toEqual([])
    await until('charging', () => Number(latest('v1')?.kwh) > 0)
    expect(causes('LOC1/AC1')).toEqual(['CHARGING'])
    const stop = stub.command('STOP_SESSION', { session_id: latest('v1')?.id })
    await until('stopped', () => stub.result(stop) === 'ACCEPTED' && latest('v1')?.status === 'COMPLETED')
    await until('billed', () => [...stub.objects.keys()].some((path) => path.startsWith('/cdrs/')))
    await until('free', () => causes('LOC1/AC1').at(-1) === 'AVAILABLE')
    expect(statusesOf('v1')).toEqual(['PENDING', 'ACTIVE', 'COMPLETED'])
    expect(stub.refusals).toEqual([])
  })

  it('is told of the energy about every second, however fast the world is', async () => {
    const speed = 30
    await begin({ speed, cableMs: 50 })
    start('v1', { location_id: 'LOC2', evse_uid: 'DC1' })
    await until('told four times', () => told('v1').filter(({ kwh }) => Number(kwh) > 0).length >= 4)
    const stamps = told('v1')
      .filter(({ kwh }) => Number(kwh) > 0)
      .map(({ last_updated: at }) => Date.parse(String(at)))
    const gaps = stamps.slice(1).map((at, index) => at - (stamps[index] ?? at))
    // NOTE: the shortest, since a loaded machine makes some of them longer.
    expect(Math.min(...gaps) / speed).toBeLessThan(2_500)
  })

  it('is not the only one: each has an EVSE, and nobody takes a place that waits for somebody', async () => {
    await begin({ cableMs: 1_000 })
    const [first, second] = [start('v1', AC1), start('v2', { location_id: 'LOC2', evse_uid: 'DC1' })]
    await until('both accepted', () =>
      [first, second].every((command) => stub.result(command) === 'ACCEPTED'),
    )
    const third = start('v3', AC1)
    await until('refused', () => stub.result(third) === 'EVSE_OCCUPIED')
    const reserve = stub.command('RESERVE_NOW', {
      ...{ token: token('v3'), ...AC1, reservation_id: 'R1' },
      expiry_date: new Date(Date.now() + 600_000).toISOString(),
    })
    await until('not reserved', () => stub.result(reserve) === 'EVSE_OCCUPIED')
    await until('both charging', () => ['v1', 'v2'].every((uid) => latest(uid)?.status === 'ACTIVE'))
  })

  it('who stops before the cable is plugged in has an INVALID session, and the EVSE is free at once', async () => {
    await begin({ cableMs: 5_000 })
    start('v1', AC1)
    await until('pending', () => latest('v1')?.status === 'PENDING')
    stub.command('STOP_SESSION', { session_id: latest('v1')?.id })
    await until('over', () => latest('v1')?.status === 'INVALID')
    const next = start('v2', AC1)
    await until('free for the next one', () => stub.result(next) === 'ACCEPTED')
  })

  it('who wants it cheap charges with half the power, by the tariff of the profile', async () => {
    await begin({ speed: 120 })
    start('v1', AC1)
    await until('charging', () => Number(latest('v1')?.kwh) > 0)
    const session_id = latest('v1')?.id
    const preferences = { profile_type: 'CHEAP', departure_time: '2030-01-01T00:00:00Z' }
    stub.tellCpo('session.charging_preferences', { session_id, preferences, response: 'ACCEPTED' })
    await until('slower', () => events.some(({ type }) => type === 'session.preferred'))
    const powers = () => events.flatMap((event) => (event.type === 'session.metered' ? [event.powerKw] : []))
    const full = Math.max(...powers())
    await until('half the power', () => powers().at(-1) === full / 2)
    stub.command('STOP_SESSION', { session_id })
    await until('billed', () => [...stub.objects.keys()].some((path) => path.startsWith('/cdrs/')))
    const [cdr] = [...stub.objects].flatMap(([path, document]) =>
      path.startsWith('/cdrs/') ? [document] : [],
    )
    expect(JSON.stringify(cdr?.tariffs)).toContain('SIM-CHEAP')
    expect(stub.refusals).toEqual([])
  })
})
