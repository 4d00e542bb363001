import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChargingWorld, PLACE, startChargingWorld } from '../support/charging-world.js'
import { cdr, cdrToken, period, session } from '../support/documents.js'
import { type DriverClient, driverClient } from '../support/drivers.js'
import { eventually } from '../support/node.js'
import { type SmtpServer, startSmtp } from '../support/smtp.js'

type Doc = Record<string, unknown>

let smtp: SmtpServer
let world: ChargingWorld
beforeAll(async () => {
  smtp = await startSmtp()
  world = await startChargingWorld({ env: { SMTP_URL: smtp.url, MAIL_FROM: 'drive@example.com' } })
})
afterAll(async () => {
  await world?.[Symbol.asyncDispose]()
  await smtp?.[Symbol.asyncDispose]()
})

/** Somebody else, signed in with a code that was really mailed. */
const newDriver = async (email: string): Promise<DriverClient> => {
  const client = driverClient(world.emsp)
  const mail = smtp.next()
  await client.call('POST', '/sign-in/code', { email })
  const code = /\b\d{6}\b/.exec((await mail).text)?.[0]
  const answer = await client.call('POST', '/sign-in', { email, code })
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}`)
  return client
}

const start = async (change: object = {}, headers: Record<string, string> = {}) =>
  world.driver.call('POST', '/charges', { ...PLACE, ...change }, { 'x-interwatt-app': 'drive', ...headers })
const driverToken = () => {
  const { uid, contract_id } = world.token
  return cdrToken(String(uid), { type: 'APP_USER', contract_id })
}
const iso = (minutes: number): string =>
  new Date(Date.parse('2026-03-01T10:00:00Z') + minutes * 60_000).toISOString()
const sessionAt = (minutes: number, kwh: number, change: object = {}) =>
  session('S', {
    cdr_token: driverToken(),
    auth_method: 'COMMAND',
    start_date_time: iso(0),
    kwh,
    charging_periods: kwh === 0 ? [] : [period(iso(0), kwh)],
    total_cost: undefined,
    last_updated: iso(minutes),
    ...change,
  })

describe('a charge by app', () => {
  let id = ''
  let reference = ''

  it('is asked of the operator and answered with what it says', async () => {
    const quote = {
      total: { amount: '10.71', currency: 'EUR' },
      shown_at: iso(-5),
      energy_kwh: '20',
      minutes: 60,
    }
    const goal = { energy_kwh: '20' }
    const { status, body } = await start({ goal, quote }, { 'idempotency-key': 'first-start' })
    expect([status, (body as Doc).state]).toEqual([201, 'accepted'])
    id = String((body as Doc).id)
    expect(body).toMatchObject({
      means: 'app',
      reason: null,
      is_over: false,
      station: { id: 'LOC1', name: 'Depot Süd', operator: 'Test Charging' },
      evse: { uid: 'E1', evse_id: 'DE*TST*E1' },
      connector: { id: '1', plug: 'type2' },
      wish: goal,
      quote,
      can_stop: false,
      receipt: false,
    })
    const command = await world.waiting('START_SESSION')
    expect(command.request).toMatchObject({ location_id: 'LOC1', evse_uid: 'E1', connector_id: '1' })
    reference = String((command.request as Doc).authorization_reference)
  })

  it('is the same when it is asked for again with the same key, and starts nothing twice', async () => {
    const { status, body } = await start({}, { 'idempotency-key': 'first-start' })
    expect([status, (body as Doc).id]).toEqual([200, id])
    const elsewhere = await start({ evse_uid: 'E2' }, { 'idempotency-key': 'first-start' })
    expect([elsewhere.status, (elsewhere.body as Doc).type]).toEqual([422, 'urn:interwatt:problem:key-used'])
    expect((await world.commands('START_SESSION')).length).toBe(1)
  })

  it('is one at a time and plug', async () => {
    const { status, body } = await start()
    expect([status, (body as Doc).type]).toEqual([409, 'urn:interwatt:problem:start-running'])
  })

  it('keeps the account while a session may come of it', async () => {
    const { status, body } = await world.driver.call('DELETE', '/account', { confirm: 'delete' })
    expect([status, (body as Doc).type]).toEqual([409, 'urn:interwatt:problem:charge-running'])
  })

  it('waits for the cable when the session does', async () => {
    await world.finish('START_SESSION', 'ACCEPTED')
    await world.putSession('S1', {
      ...sessionAt(0, 0, { status: 'PENDING', authorization_reference: reference }),
      id: 'S1',
    })
    const charge = await world.until(id, 'the cable', ({ state }) => state === 'waiting_for_cable')
    expect(charge).toMatchObject({ state_text: 'Plug in the cable', session: { id: 'S1' }, can_stop: true })
  })

  it('shows energy, power, time and cost with every update, by the times of the session', async () => {
    const change = { authorization_reference: reference, status: 'ACTIVE', id: 'S1' }
    await world.putSession('S1', { ...sessionAt(1, 0, change) })
    await world.until(id, 'the beginning', ({ state }) => state === 'charging')
    await eventually('the first reading', async () => {
      const readings = await world.emsp.node.stores.driverCharges.readings(id)
      return readings.length > 0 || undefined
    })
    await world.putSession('S1', { ...sessionAt(31, 5.5, change) })
    const charge = await world.until(id, 'power', ({ power_w }) => power_w !== null && power_w !== 0)
    expect(charge).toMatchObject({
      state: 'charging',
      energy_kwh: '5.5',
      energy_wh: 5500,
      power_w: 11_000,
      duration_s: 31 * 60,
      cost: { amount: '2.95', currency: 'EUR' },
      cost_includes_tax: true,
      can_stop: true,
      can_prefer: true,
    })
    expect(JSON.stringify(charge.cost_lines)).toContain('5.5 kWh')
    expect((charge.power as Doc[]).length).toBe(1)
  })

  it('is in the export of the account with what was asked for', async () => {
    const { body } = await world.driver.call('GET', '/account/export')
    const { charges } = body as { readonly charges: readonly Doc[] }
    expect(charges).toMatchObject([{ id, means: 'app', location_id: 'LOC1', wish: { energy_kwh: '20' } }])
  })

  it('speaks the language that is asked for', async () => {
    const { body } = await world.driver.call('GET', `/charges/${id}?lang=de`)
    expect(body).toMatchObject({ state_text: 'Lädt' })
    expect(JSON.stringify((body as Doc).cost_lines)).toContain('5,5 kWh')
  })

  it('is among those that run', async () => {
    const { body } = await world.driver.call('GET', '/charges/current')
    expect((body as { items: Doc[] }).items.map((one) => one.id)).toEqual([id])
  })

  it('takes preferences and says in words what the operator answers', async () => {
    const wish = { profile_type: 'GREEN', departure_time: iso(240), energy_need_kwh: '10' }
    const { status, body } = await world.driver.call('PUT', `/charges/${id}/preferences`, wish)
    expect(status).toBe(200)
    expect((body as Doc).preferences).toMatchObject({
      profile_type: 'GREEN',
      response: 'PROFILE_TYPE_NOT_SUPPORTED',
      text: 'This plug does not know that way of charging: it charges as before.',
    })
  })

  it('goes on, with the reason, when the station refuses to stop', async () => {
    const { body } = await world.driver.call('POST', `/charges/${id}/stop`, {})
    expect((body as Doc).state).toBe('stopping')
    await world.finish('STOP_SESSION', 'REJECTED', {
      message: [{ language: 'en', text: 'Locked by the car.' }],
    })
    const charge = await world.until(id, 'the refusal', ({ state }) => state === 'charging')
    expect(charge.reason).toMatchObject({ code: 'stop_refused', operator_says: 'Locked by the car.' })
  })

  it('stops when the station does, once however often it is asked for', async () => {
    const stop = () => world.driver.call('POST', `/charges/${id}/stop`, {})
    const answers = [...(await Promise.all([stop(), stop(), stop()])), await stop()]
    for (const { body } of answers) expect((body as Doc).state).toBe('stopping')
    await world.finish('STOP_SESSION', 'ACCEPTED')
    expect((await world.commands('STOP_SESSION')).length).toBe(2)
    const end = { status: 'COMPLETED', end_date_time: iso(60), authorization_reference: reference, id: 'S1' }
    await world.putSession('S1', sessionAt(60, 20, end))
    const charge = await world.until(id, 'the end', ({ state }) => state === 'ended')
    expect(charge).toMatchObject({ energy_wh: 20_000, duration_s: 3600, is_over: true, can_stop: false })
    const { body } = await world.driver.call('GET', '/charges/current')
    expect((body as { items: Doc[] }).items).toEqual([])
    const none = await world.driver.call('GET', `/charges/${id}/receipt`)
    expect([none.status, (none.body as Doc).type]).toEqual([409, 'urn:interwatt:problem:no-receipt'])
  })

  it('has a receipt whose total is that of the CDR, with what it is made of and what it was said to cost', async () => {
    const change = {
      cdr_token: driverToken(),
      auth_method: 'COMMAND',
      authorization_reference: reference,
      meter_id: 'M-7',
    }
    await world.putCdr('CDR1', cdr('CDR1', change))
    const charge = await world.until(id, 'the receipt', ({ state }) => state === 'receipt')
    expect(charge).toMatchObject({
      receipt: true,
      cost: { amount: '10.71', currency: 'EUR' },
      cdr: { id: 'CDR1' },
    })
    const { body } = await world.driver.call('GET', `/charges/${id}/receipt`)
    expect(body).toMatchObject({
      number: 'CDR1',
      seller: { name: 'Drive Away', website: 'https://drive-away.example' },
      station: { name: 'Depot Süd', operator: 'Test Charging' },
      energy_kwh: '20',
      duration_s: 3600,
      meter_id: 'M-7',
      time_zone: 'Europe/Berlin',
      total: { amount: '10.71', currency: 'EUR' },
      before_taxes: { amount: '9.00', currency: 'EUR' },
      taxes: [{ name: 'VAT', percentage: 19, amount: { amount: '1.71', currency: 'EUR' } }],
      check: { outcome: 'agrees' },
      quote: { matches: true, text: expect.stringContaining('Matches the price that was shown at') },
      documents: [{ kind: 'receipt', number: 'CDR1', counts: true }],
    })
    expect((body as { lines: Doc[] }).lines).toMatchObject([{ amount: '€10.71' }])
  })

  it('has the receipt as a PDF, and the month as PDF and CSV', async () => {
    const pdf = await world.driver.open(`/charges/${id}/receipt.pdf?lang=de`)
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect((await pdf.text()).startsWith('%PDF-')).toBe(true)
    const { body: months } = await world.driver.call('GET', '/statements')
    expect(months).toMatchObject({
      time_zone: 'Europe/Berlin',
      items: [{ month: '2026-03', charges: 1, energy_kwh: '20', totals: [{ total: { amount: '10.71' } }] }],
    })
    const { body: march } = await world.driver.call('GET', '/statements/2026-03')
    expect(march).toMatchObject({
      items: [{ number: 'CDR1', station: 'Depot Süd', total: { amount: '10.71' } }],
    })
    const csv = await world.driver.open('/statements/2026-03.csv')
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect((await csv.text()).split('\r\n')[1]).toContain('CDR1,receipt,app,2026-03-01T10:00:00.000Z')
    const month = await world.driver.open('/statements/2026-03.pdf')
    expect([month.status, month.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  })

  it('shows a credit and the new receipt that takes its place', async () => {
    const token = { cdr_token: driverToken(), authorization_reference: reference, session_id: 'S1' }
    const cost = (before_taxes: number, amount: number) => ({
      total_cost: { before_taxes, taxes: [{ name: 'VAT', percentage: 19, amount }] },
    })
    await world.putCdr(
      'CDR1-C',
      cdr('CDR1-C', { ...token, ...cost(-9, -1.71), credit: true, credit_reference_id: 'CDR1' }),
    )
    await world.putCdr('CDR2', cdr('CDR2', { ...token, ...cost(8, 1.52) }))
    const receipt = await eventually('the new receipt', async () => {
      const { body } = await world.driver.call('GET', `/charges/${id}/receipt`)
      return (body as Doc).number === 'CDR2' ? (body as Doc) : undefined
    })
    expect(receipt).toMatchObject({
      total: { amount: '9.52' },
      documents: [{ kind: 'receipt', counts: false }, { kind: 'credit' }, { kind: 'reissue', counts: true }],
      check: { outcome: 'differs', what_we_do: expect.stringContaining('We look into it') },
      quote: { matches: false, difference: { amount: '-1.19' } },
    })
    const { body: months } = await world.driver.call('GET', '/statements')
    expect(months).toMatchObject({ items: [{ charges: 1, totals: [{ total: { amount: '9.52' } }] }] })
  })
})

describe('a start that does not work', () => {
  it('is refused with the reason and what to do', async () => {
    const { body } = await start()
    await world.finish('START_SESSION', 'EVSE_OCCUPIED', {
      message: [{ language: 'en', text: 'Somebody was faster.' }],
    })
    const charge = await world.until(
      String((body as Doc).id),
      'the refusal',
      ({ state }) => state === 'refused',
    )
    expect(charge.reason).toEqual({
      code: 'evse_occupied',
      text: 'Somebody else is charging here.',
      what_to_do: 'Take another charge point.',
      operator_says: 'Somebody was faster.',
    })
  })

  it('may be tried again at once', async () => {
    const { status, body } = await start()
    expect(status).toBe(201)
    await world.finish('START_SESSION', 'FAILED')
    await world.until(String((body as Doc).id), 'the failure', ({ state }) => state === 'failed')
  })

  it('at a place that cannot do it is not even sent', async () => {
    await world.cpo.api('PATCH', '/locations/DE/CPO/LOC1/evses/E2', { capabilities: ['RFID_READER'] })
    await eventually('the change', async () => {
      const { body } = await world.emsp.api('GET', '/locations/DE/CPO/LOC1/evses/E2')
      return JSON.stringify(body).includes('REMOTE_START') ? undefined : true
    })
    const { status, body } = await start({ evse_uid: 'E2' })
    expect([status, (body as Doc).state]).toEqual([201, 'failed'])
    expect((body as Doc).reason).toMatchObject({ code: 'not_supported' })
  })

  it('at a place nobody knows says so', async () => {
    const { body } = await start({ evse_uid: 'NOPE' })
    expect(body).toMatchObject({ state: 'failed', reason: { code: 'place_unknown' } })
  })

  it('counts after all when its session comes late', async () => {
    const { body } = await start()
    const id = String((body as Doc).id)
    const command = await world.finish('START_SESSION', 'TIMEOUT')
    await world.until(id, 'the timeout', ({ state }) => state === 'timed_out')
    const { authorization_reference } = command.request as Doc
    await world.putSession('LATE', sessionAt(1, 0.5, { id: 'LATE', authorization_reference }))
    const charge = await world.until(id, 'the late session', ({ state }) => state === 'charging')
    expect(charge).toMatchObject({
      reason: { code: 'session_late' },
      session: { id: 'LATE' },
      can_stop: true,
    })
    const end = { id: 'LATE', status: 'COMPLETED', end_date_time: iso(2), authorization_reference }
    await world.putSession('LATE', sessionAt(2, 0.5, end))
    await world.until(id, 'the end', ({ state }) => state === 'ended')
  })

  it.each([
    ['no place', {}, 400],
    ['a party that is none', { ...PLACE, party_id: 'TOOLONG' }, 400],
    ['a goal downwards', { ...PLACE, goal: { from_percent: 80, to_percent: 20 } }, 400],
    [
      'a quote that is no amount',
      { ...PLACE, quote: { total: { amount: 'free', currency: 'EUR' }, shown_at: iso(0) } },
      400,
    ],
    ['a car of nobody', { ...PLACE, vehicle_id: '00000000-0000-4000-8000-000000000000' }, 422],
    ['fields nobody knows', { ...PLACE, power: 11 }, 400],
  ])('with %s is a problem document and asks nobody', async (_what, body, status) => {
    const before = (await world.commands()).length
    const answer = await world.driver.call('POST', '/charges', body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect((await world.commands()).length).toBe(before)
  })
})

describe('charges', () => {
  it('by card are there as well, with an id that stays', async () => {
    const { contract_id } = world.token
    await world.emsp.api('PUT', '/tokens/DE/MSP/04CARD', {
      ...{ contract_id, type: 'RFID', issuer: 'Drive Away', valid: true, whitelist: 'ALLOWED' },
    })
    await world.putSession('CARD1', session('CARD1', { cdr_token: cdrToken('04CARD', { contract_id }) }))
    const first = await eventually('the charge by card', async () => {
      const { body } = await world.driver.call('GET', '/charges?means=card')
      return (body as { items: Doc[] }).items[0]
    })
    expect(first).toMatchObject({
      means: 'card',
      state: 'charging',
      session: { id: 'CARD1' },
      asked_at: null,
    })
    const { body } = await world.driver.call('GET', `/charges/${String(first.id)}`)
    expect((body as Doc).id).toBe(first.id)
  })

  it('that began in the year 0 break no list and have a receipt', async () => {
    const { contract_id } = world.token
    const cdr_token = cdrToken('04CARD', { contract_id })
    const times = { start_date_time: '0000-01-01T00:00:00Z', end_date_time: '0000-01-01T01:00:00Z' }
    const told = [period(times.start_date_time, 20)]
    const change = { ...times, cdr_token, charging_periods: told, session_id: 'ZERO' }
    const { session_id: _none, ...ofSession } = change
    await world.putSession('ZERO', session('ZERO', { ...ofSession, status: 'COMPLETED' }))
    const find = () =>
      eventually('the charge of the year 0', async () => {
        const { body } = await world.driver.call('GET', '/charges?means=card')
        return (body as { items: Doc[] }).items.find((one) => (one.session as Doc | null)?.id === 'ZERO')
      })
    const { id } = await find()
    await world.putCdr('ZERO', cdr('ZERO', change))
    await world.until(String(id), 'its receipt', ({ receipt }) => receipt === true)
    expect((await world.driver.call('GET', `/charges/${String(id)}/receipt`)).status).toBe(200)
    expect((await world.driver.call('GET', `/charges/${String(id)}/receipt.pdf`)).status).toBe(200)
    expect((await world.driver.call('GET', '/statements')).status).toBe(200)
    expect((await world.driver.call('GET', '/statements/0000-01')).status).toBe(200)
  })

  it('at a station with a clock of its own last as long and cost as much as the station says', async () => {
    const { contract_id } = world.token
    const hour = { type: 'TIME', volume: 0.5 }
    const start_date_time = '2026-01-01T08:00:00Z'
    const told = { start_date_time, dimensions: [{ type: 'ENERGY', volume: 4 }, hour], tariff_id: 'AC-DAY' }
    const total_cost = { before_taxes: 2, taxes: [{ name: 'VAT', percentage: 19, amount: 0.38 }] }
    const change = { start_date_time, kwh: 5, charging_periods: [told], total_cost }
    await world.putSession(
      'CLOCK',
      session('CLOCK', { ...change, cdr_token: cdrToken('04CARD', { contract_id }) }),
    )
    const found = await eventually('the charge', async () => {
      const { body } = await world.driver.call('GET', '/charges?means=card')
      return (body as { items: Doc[] }).items.find((one) => (one.session as Doc | null)?.id === 'CLOCK')
    })
    expect(found).toMatchObject({
      duration_s: 1800,
      power_w: 8000,
      cost: { amount: '2.38', currency: 'EUR' },
    })
  })

  it('are listed newest first, page by page', async () => {
    const page = async (query: string) =>
      (await world.driver.call('GET', `/charges?limit=3${query}`)).body as {
        items: Doc[]
        next: string | null
      }
    const all = ((await world.driver.call('GET', '/charges?limit=100')).body as { items: Doc[] }).items.map(
      ({ id }) => id,
    )
    const seen: unknown[] = []
    let next: string | null = ''
    while (next !== null) {
      const part: { items: Doc[]; next: string | null } = await page(next === '' ? '' : `&cursor=${next}`)
      seen.push(...part.items.map(({ id }) => id))
      next = part.next
    }
    expect(seen).toEqual(all)
    expect(all.length).toBeGreaterThan(5)
  })

  it('of somebody else are not there, and cannot be stopped, priced or read', async () => {
    const { items } = (await world.driver.call('GET', '/charges')).body as { items: Doc[] }
    const stranger = await newDriver('stranger@example.com')
    expect(items.length).toBeGreaterThan(5)
    for (const { id } of items) {
      for (const path of ['', '/receipt', '/receipt.pdf'])
        expect((await stranger.call('GET', `/charges/${String(id)}${path}`)).status).toBe(404)
      expect((await stranger.call('POST', `/charges/${String(id)}/stop`, {})).status).toBe(404)
      const wish = { profile_type: 'FAST' }
      expect((await stranger.call('PUT', `/charges/${String(id)}/preferences`, wish)).status).toBe(404)
    }
    expect((await stranger.call('GET', '/charges')).body).toEqual({ items: [], next: null })
    expect((await stranger.call('GET', '/statements')).body).toMatchObject({ items: [] })
  })

  it.each([
    ['/charges/nonsense', 400],
    ['/charges/00000000-0000-4000-8000-000000000000', 404],
    ['/charges?cursor=nonsense', 400],
    ['/charges?means=bike', 400],
    ['/statements/2026-13', 400],
    ['/statements?time_zone=Moon/Base', 400],
    ['/charges/00000000-0000-4000-8000-000000000000/receipt.pdf', 404],
  ])('GET %s is %i', async (path, status) => {
    const answer = await world.driver.call('GET', path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  it('need a sign-in', async () => {
    expect((await driverClient(world.emsp).call('GET', '/charges')).status).toBe(401)
  })
})

describe('a node that is restarted in the middle', () => {
  it('knows the charge, goes on following it and closes it', async () => {
    const { body } = await start()
    const id = String((body as Doc).id)
    const command = await world.finish('START_SESSION', 'ACCEPTED')
    const { authorization_reference } = command.request as Doc
    await world.putSession('R1', sessionAt(1, 0, { id: 'R1', authorization_reference }))
    await world.until(id, 'the beginning', ({ state }) => state === 'charging')
    await world.emsp.restart()
    expect((await world.driver.call('GET', `/charges/${id}`)).body).toMatchObject({ state: 'charging' })
    await world.putSession('R1', sessionAt(20, 3, { id: 'R1', authorization_reference }))
    const charge = await world.until(id, 'the update', ({ energy_wh }) => energy_wh === 3000)
    expect(charge).toMatchObject({ state: 'charging', duration_s: 1200 })
  })
})
