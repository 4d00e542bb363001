import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChargingWorld, PLACE, startChargingWorld } from '../support/charging-world.js'
import { cdrToken, session } from '../support/documents.js'
import { type DriverClient, driverClient } from '../support/drivers.js'

type Doc = Record<string, unknown>

interface Told {
  readonly id: string
  readonly event: string
  readonly data: Doc
}

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
})
afterAll(() => world?.[Symbol.asyncDispose]())

const toldIn = (text: string): readonly Told[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((frame) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1]
      const [id, event, data] = [field('id'), field('event'), field('data')]
      return id === undefined || event === undefined || data === undefined
        ? []
        : [{ id, event, data: JSON.parse(data) as Doc }]
    })

/** Follows a stream until an event fits; throws when none comes in time. `connected` runs once the stream is open. */
const follow = async (
  client: DriverClient,
  path: string,
  fits: (told: Told) => boolean,
  options: { readonly lastId?: string; readonly connected?: () => Promise<unknown> } = {},
): Promise<Told> => {
  const ended = new AbortController()
  const timer = setTimeout(() => ended.abort(), 10_000)
  const headers = options.lastId === undefined ? {} : { 'last-event-id': options.lastId }
  const response = await client.open(path, headers)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  ended.signal.addEventListener('abort', () => reader?.cancel())
  try {
    let text = ''
    let doing: Promise<unknown> | undefined
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      doing ??= options.connected?.() ?? Promise.resolve()
      text += part.value
      const found = toldIn(text).find(fits)
      if (found === undefined) continue
      await doing
      return found
    }
    throw new Error(`the stream ended without it: ${text}`)
  } finally {
    clearTimeout(timer)
    await reader?.cancel()
  }
}

const ofCharge =
  (id: string, state: string) =>
  ({ event, data }: Told) =>
    event === 'charge' && data.id === id && data.state === state

describe('the event stream of a driver', () => {
  let id = ''
  let lastId = ''

  it('tells the whole charge when its command gets a result', async () => {
    const { body } = await world.driver.call('POST', '/charges', PLACE)
    id = String((body as Doc).id)
    const told = await follow(world.driver, '/events?lang=fr', ofCharge(id, 'refused'), {
      connected: () => world.finish('START_SESSION', 'EVSE_OCCUPIED'),
    })
    expect(told.data).toMatchObject({
      state_text: 'Refusée',
      reason: { code: 'evse_occupied' },
      station: { id: 'LOC1' },
    })
    lastId = told.id
  })

  it('goes on where it ended: what happened meanwhile is told', async () => {
    const { body } = await world.driver.call('POST', '/charges', PLACE)
    const next = String((body as Doc).id)
    await world.finish('START_SESSION', 'FAILED')
    await world.until(next, 'the failure', ({ state }) => state === 'failed')
    const told = await follow(world.driver, '/events', ofCharge(next, 'failed'), { lastId })
    expect(Number(told.id)).toBeGreaterThan(Number(lastId))
  })

  it('begins with the charges that run, and tells every update of their sessions', async () => {
    const { uid, contract_id } = world.token
    const document = (kwh: number, minute: number) =>
      session('LIVE', {
        cdr_token: cdrToken(String(uid), { type: 'APP_USER', contract_id }),
        kwh,
        last_updated: `2026-03-01T10:${minute}:00Z`,
      })
    await world.putSession('LIVE', document(1, 10))
    const running = await follow(
      world.driver,
      '/events',
      ({ data }) => (data.session as Doc | null)?.id === 'LIVE',
    )
    expect(running.data).toMatchObject({ state: 'charging', energy_kwh: '1', means: 'app' })
    const told = await follow(world.driver, '/events', ({ data }) => data.energy_kwh === '4', {
      connected: () => world.putSession('LIVE', document(4, 20)),
    })
    expect(told.data).toMatchObject({ id: running.data.id, cost: { currency: 'EUR' } })
  })

  it('tells somebody without a sign-in of stations and maps, and of no charge', async () => {
    const stranger = driverClient(world.emsp)
    const seen: string[] = []
    const patch = (status: string) => () =>
      world.cpo.api('PATCH', '/locations/DE/CPO/LOC1/evses/E2', { status })
    const station = await follow(
      stranger,
      '/events?station=DE*CPO*LOC1',
      ({ event }) => seen.push(event) > 0 && event === 'station',
      { connected: patch('CHARGING') },
    )
    expect(station.data).toEqual({ country_code: 'DE', party_id: 'CPO', id: 'LOC1' })
    const area = '/events?west=13&south=52&east=14&north=53'
    await follow(stranger, area, ({ event }) => seen.push(event) > 0 && event === 'map', {
      connected: patch('AVAILABLE'),
    })
    expect(seen).not.toContain('charge')
  })

  it.each([
    ['/events?station=LOC1'],
    ['/events?west=1'],
    ['/events?west=1&south=60&east=2&north=50'],
    ['/events?colour=red'],
  ])('GET %s is a problem document', async (path) => {
    const answer = await world.driver.call('GET', path)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })
})
