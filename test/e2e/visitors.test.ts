import { createWorld, type World } from '@interwatt/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introduce } from '../support/connect.js'
import { location, token } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** A person with an app comes to the simulated stations: everything by the operator API of the eMSP. */
let cpo: TestNode
let emsp: TestNode
let world: World | undefined

type Fields = Readonly<Record<string, unknown>>

const evse = (uid: string, capabilities: readonly string[]): Fields => {
  const [first] = (location('LOC1') as { evses: Fields[] }).evses
  return {
    ...first,
    uid,
    evse_id: `DE*CPO*${uid}`,
    capabilities: ['REMOTE_START_STOP_CAPABLE', 'RESERVABLE', ...capabilities],
  }
}

const place = { country_code: 'DE', party_id: 'CPO', location_id: 'LOC1' }

beforeAll(async () => {
  cpo = await startTestNode()
  emsp = await startTestNode()
  const business_details = { name: 'Simulated' }
  await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
  await emsp.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
  await introduce({ node: emsp, name: 'eMSP' }, { node: cpo, name: 'Charging Ltd' })
  const door = ({ url, apiKey }: TestNode) => ({ apiUrl: `${url}/api/v1`, apiKey })
  const evses = [evse('E1', ['CHARGING_PREFERENCES_CAPABLE']), evse('E2', []), evse('E3', [])]
  world = createWorld({
    seed: 3,
    speed: 240,
    drivers: 0,
    cableMs: 1_500,
    luckyVisitors: true,
    rates: { faultsPerEvseDay: 0, blocksPerEvseDay: 0 },
    cpo: { ...door(cpo), countryCode: 'DE', partyId: 'CPO', name: 'Charging Ltd' },
    emsp: { ...door(emsp), countryCode: 'DE', partyId: 'MSP', name: 'Simulated eMSP' },
    locations: [{ ...location('LOC1'), evses } as never],
  })
  expect(await world.start()).toEqual({ kind: 'started' })
  await eventually('the stations at the eMSP', async () => {
    const { body: found } = await emsp.api('GET', '/locations/DE/CPO/LOC1')
    return (found as { evses?: unknown[] }).evses?.length === 3 ? true : undefined
  })
}, 30_000)

afterAll(async () => {
  await world?.stop()
  await cpo?.[Symbol.asyncDispose]()
  await emsp?.[Symbol.asyncDispose]()
})

const send = async (type: string, body: object): Promise<string> => {
  const { status, body: command } = await emsp.api('POST', `/commands/${type}`, { ...place, ...body })
  expect(status, JSON.stringify(command)).toBe(201)
  return (command as { id: string }).id
}
const own = (uid: string) => ({ ...token(uid), type: 'APP_USER', whitelist: 'NEVER' })
const whyOf = async (id: string): Promise<Fields> =>
  (await emsp.api('GET', `/commands/${id}/why`)).body as Fields

/** The session a command led to, as soon as it looks so. */
const sessionOf = (command: string, what: string, looks: (session: Fields) => boolean): Promise<Fields> =>
  eventually(what, async () => {
    const { session_id: id } = (await emsp.api('GET', `/commands/${command}`)).body as Fields
    if (typeof id !== 'string') return undefined
    const { status, body } = await emsp.api('GET', `/sessions/DE/CPO/${id}`)
    return status === 200 && looks(body as Fields) ? (body as Fields) : undefined
  })

describe('a person from outside at a simulated station', () => {
  it('is waited for, charges as preferred (SES-083), stops, and has a CDR; the node says at each step how it stands', async () => {
    const start = await send('START_SESSION', { evse_uid: 'E1', token: own('VISITOR1') })
    await sessionOf(start, 'PENDING', ({ status }) => status === 'PENDING')
    expect(await whyOf(start)).toMatchObject({ code: 'waiting_for_cable', state: 'waiting' })
    const running = await sessionOf(
      start,
      'charging',
      ({ status, kwh }) => status === 'ACTIVE' && Number(kwh) > 0,
    )
    expect(await whyOf(start)).toMatchObject({ code: 'charging', state: 'well' })

    const preferences = `/sessions/DE/CPO/${String(running.id)}/charging_preferences`
    const cheap = { profile_type: 'CHEAP' }
    expect((await emsp.api('PUT', preferences, cheap)).body).toEqual({ response: 'DEPARTURE_REQUIRED' })
    const later = new Date(Date.now() + 3_600_000).toISOString()
    expect((await emsp.api('PUT', preferences, { ...cheap, departure_time: later })).body).toEqual({
      response: 'ACCEPTED',
    })
    expect((await emsp.api('PUT', preferences, { profile_type: 'FAST' })).body).toEqual({
      response: 'ACCEPTED',
    })

    const stop = await send('STOP_SESSION', { session_id: running.id })
    const over = await sessionOf(start, 'COMPLETED', ({ status }) => status === 'COMPLETED')
    expect(Number(over.kwh)).toBeGreaterThan(0)
    expect(await whyOf(stop)).toMatchObject({ code: 'stopped' })
    const billed = await eventually('the CDR', async () => {
      const why = await whyOf(start)
      return why.code === 'charged' ? why : undefined
    })
    expect(billed).toMatchObject({
      state: 'well',
      text: { en: 'Your charge is complete.', de: 'Der Ladevorgang ist abgeschlossen.' },
      evidence: { command_id: start, session_id: over.id, cdr_id: String(over.id).replace('ses', 'cdr') },
    })
    const { body: story } = await emsp.api('GET', `/commands/${start}/story`)
    const { steps, session } = story as { steps: readonly Fields[]; session: Fields }
    expect(session).toMatchObject({ status: 'COMPLETED' })
    const times = steps.map(({ at }) => Date.parse(String(at)))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    const begun = steps.find(({ text }) => String(text).startsWith('Charging began'))
    expect(Date.now() - Date.parse(String(begun?.at))).toBeLessThan(60_000)
    expect(Date.now() - Date.parse(String(begun?.stated_at))).toBeGreaterThan(86_400_000)
  }, 30_000)

  it('uses the place it has reserved, and nobody else gets it', async () => {
    const expiry_date = new Date(Date.now() + 600_000).toISOString()
    const reserve = await send('RESERVE_NOW', {
      ...{ evse_uid: 'E2', token: own('VISITOR2'), reservation_id: 'R1', expiry_date },
    })
    const kept = await sessionOf(reserve, 'RESERVATION', ({ status }) => status === 'RESERVATION')
    await eventually('RESERVED', async () => {
      const { body } = await emsp.api('GET', '/locations/DE/CPO/LOC1/evses/E2')
      return (body as Fields).status === 'RESERVED' ? true : undefined
    })
    const other = await send('START_SESSION', { evse_uid: 'E2', token: own('VISITOR3') })
    const refused = await eventually('refused', async () => {
      const why = await whyOf(other)
      return why.state === 'failed' ? why : undefined
    })
    expect(refused).toMatchObject({ code: 'evse_reserved', operator_words: null })
    expect(String(refused.support)).toContain('EVSE_OCCUPIED')
    const { body: story } = await emsp.api('GET', `/commands/${other}/story`)
    expect(story).toMatchObject({ session: null, steps: [{ kind: 'command' }, { kind: 'command_result' }] })
    const start = await send('START_SESSION', { evse_uid: 'E2', token: own('VISITOR2') })
    const running = await sessionOf(
      start,
      'charging',
      ({ status, kwh }) => status === 'ACTIVE' && Number(kwh) > 0,
    )
    expect(running.id).toBe(kept.id)
    await send('STOP_SESSION', { session_id: running.id })
  }, 30_000)

  it('is told why before anything is sent, and of cards as of commands', async () => {
    const { status, body } = await emsp.api('POST', '/commands/START_SESSION', {
      ...{ ...place, evse_uid: 'GONE', token: own('VISITOR4') },
    })
    expect(status).toBe(404)
    expect(body).toMatchObject({ title: 'Unknown EVSE', why: { code: 'place_unknown', state: 'failed' } })
    const { body: decision } = await cpo.api('POST', '/authorizations', {
      ...{ token_uid: 'NOBODYS', location: { location_id: 'LOC1', evse_uids: ['E3'] } },
    })
    const { body: why } = await cpo.api('GET', `/authorizations/${String((decision as Fields).id)}/why`)
    expect(why).toMatchObject({ code: 'token_unknown', evidence: { command_id: null } })
    for (const unknown of ['/commands/none/why', '/commands/none/story', '/authorizations/none/why'])
      expect((await emsp.api('GET', unknown)).status).toBe(404)
  })
})
