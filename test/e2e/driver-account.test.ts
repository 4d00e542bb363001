import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introduce } from '../support/connect.js'
import { cdr, cdrToken, location, session } from '../support/documents.js'
import { type DriverClient, driverClient, testDriver } from '../support/drivers.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { type SmtpServer, startSmtp } from '../support/smtp.js'

let smtp: SmtpServer
let cpo: TestNode
let emsp: TestNode

/** A driver of their own: signed in with a code that was really mailed. */
const newDriver = async (email: string): Promise<DriverClient> => {
  const client = driverClient(emsp)
  const mail = smtp.next()
  await client.call('POST', '/sign-in/code', { email })
  const code = /\b\d{6}\b/.exec((await mail).text)?.[0]
  const answer = await client.call('POST', '/sign-in', { email, code })
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}`)
  return client
}

const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined

const itemsOf = (body: unknown): Record<string, unknown>[] =>
  (field(body, 'items') ?? []) as Record<string, unknown>[]

beforeAll(async () => {
  smtp = await startSmtp()
  cpo = await startTestNode()
  emsp = await startTestNode({
    env: { DRIVER_APP: 'true', DRIVER_DEMO: 'true', SMTP_URL: smtp.url, MAIL_FROM: 'drive@example.com' },
  })
  const details = { name: 'Test company' }
  await cpo.api('PUT', '/parties/NL/CPO', { roles: ['CPO'], business_details: details })
  await emsp.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: details })
  await emsp.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: details })
  await emsp.api('PUT', '/locations/DE/CPO/LOC1', location())
  await introduce({ node: emsp, name: 'eMSP' }, { node: cpo, name: 'CPO' })
})
afterAll(async () => {
  await cpo?.[Symbol.asyncDispose]()
  await emsp?.[Symbol.asyncDispose]()
  await smtp?.[Symbol.asyncDispose]()
})

/** Waits until the token is valid, or not, where stations ask. */
const atStations = (uid: string, valid: boolean, type = 'RFID') =>
  eventually(`${uid} ${valid ? 'valid' : 'invalid'} at the CPO`, async () => {
    const { body } = await cpo.api('GET', `/tokens/DE/MSP/${uid}?type=${type}`)
    return field(body, 'valid') === valid || undefined
  })

describe('the account', () => {
  it('changes name and language, and nothing that is not offered', async () => {
    const driver = await newDriver('change@example.com')
    const changed = await driver.call('PATCH', '/account', { name: 'Änne Ö. 🚗', language: 'nl' })
    expect(changed.body).toMatchObject({ name: 'Änne Ö. 🚗', language: 'nl', email: 'change@example.com' })
    for (const body of [
      { email: 'x@example.com' },
      { name: '' },
      { name: 'a\u0000b' },
      { language: 'xx' },
      { is_demo: true },
    ])
      expect([body, (await driver.call('PATCH', '/account', body)).status]).toEqual([body, 400])
    expect((await driver.call('GET', '/account')).body).toEqual(changed.body)
  })

  it('takes no car of somebody else as its own', async () => {
    const [one, two] = [await newDriver('car1@example.com'), await newDriver('car2@example.com')]
    const { body: car } = await one.call('POST', '/vehicles', { model: 'vw-id-3' })
    const id = field(car, 'id')
    expect((await two.call('PATCH', '/account', { default_vehicle_id: id })).status).toBe(422)
    expect((await two.call('PUT', `/vehicles/${id}`, { model: 'mg4' })).status).toBe(404)
    expect((await two.call('DELETE', `/vehicles/${id}`)).status).toBe(404)
    expect((await one.call('GET', '/account')).body).toMatchObject({ default_vehicle_id: id })
  })

  it('asks for a sign-in everywhere it is about somebody', async () => {
    const stranger = driverClient(emsp)
    const calls = [
      ...['/account', '/account/export', '/account/passkeys', '/vehicles', '/cards', '/problems'].map(
        (path) => ['GET', path],
      ),
      ...[
        ['PATCH', '/account'],
        ['DELETE', '/account'],
        ['POST', '/vehicles'],
        ['PATCH', '/cards/04'],
        ['POST', '/problems'],
      ],
    ]
    for (const [method = '', path = ''] of calls) {
      const { body } = await stranger.call(method, path, method === 'GET' ? undefined : {})
      expect([path, field(body, 'type')]).toEqual([path, 'urn:interwatt:problem:sign-in-needed'])
    }
  })
})

describe('cars', () => {
  it('are added, replaced and removed; the first is planned with', async () => {
    const driver = await newDriver('cars@example.com')
    const { status, body: first } = await driver.call('POST', '/vehicles', {
      model: 'mid-size',
      name: 'Blitz',
    })
    expect(status).toBe(201)
    expect(first).toMatchObject({ name: 'Blitz', battery_kwh: '58', plugs: ['type2', 'ccs'], ac_phases: 3 })
    const own = {
      name: 'Eigenbau',
      battery_kwh: '30.5',
      max_ac_kw: 3.7,
      max_dc_kw: null,
      plugs: ['schuko'],
      curve: [],
    }
    const { body: second } = await driver.call('POST', '/vehicles', own)
    expect(second).toMatchObject({ model: null, max_ac_kw: '3.7', max_dc_kw: null, ac_phases: 1 })
    const path = `/vehicles/${field(second, 'id')}`
    const replaced = await driver.call('PUT', path, { model: 'van' })
    expect(replaced.status).toBe(422)
    expect((await driver.call('PUT', path, { model: 'van', name: 'Bus' })).body).toMatchObject({
      name: 'Bus',
      battery_kwh: '68',
    })
    expect(itemsOf((await driver.call('GET', '/vehicles')).body).map(({ name }) => name)).toEqual([
      'Blitz',
      'Bus',
    ])
    expect((await driver.call('GET', '/account')).body).toMatchObject({
      default_vehicle_id: field(first, 'id'),
    })
    expect((await driver.call('DELETE', `/vehicles/${field(first, 'id')}`)).status).toBe(204)
    expect((await driver.call('GET', '/account')).body).toMatchObject({
      default_vehicle_id: field(second, 'id'),
    })
    expect((await driver.call('DELETE', path)).status).toBe(204)
    expect((await driver.call('GET', '/account')).body).toMatchObject({ default_vehicle_id: null })
  })

  it.each([
    [400, { model: 'mid-size', name: 'x', battery_kwh: 'many' }],
    [400, { model: 'mid-size', name: 'x', battery_kwh: '-5' }],
    [400, { model: 'mid-size', name: 'x', battery_kwh: '1e9' }],
    [400, { model: 'mid-size', name: 'x', ac_phases: 4 }],
    [400, { model: 'mid-size', name: 'x', plugs: ['usb'] }],
    [400, { model: 'mid-size', name: 'x', plugs: [] }],
    [400, { model: 'mid-size', name: 'x', curve: [{ percent: 101, kw: '5' }] }],
    [400, { model: 'mid-size', name: 'x', owner: 'me' }],
    [400, { name: 'x'.repeat(61), model: 'mid-size' }],
    [400, []],
    [422, { model: 'batmobile', name: 'x' }],
    [422, { name: 'x' }],
    [
      422,
      {
        model: 'mid-size',
        name: 'x',
        curve: [
          { percent: 50, kw: '5' },
          { percent: 20, kw: '9' },
        ],
      },
    ],
    [422, { model: 'mid-size', name: 'x', max_ac_kw: null, max_dc_kw: null }],
  ])('are refused with %i: %j', async (status, body) => {
    const driver = await testDriver(emsp)
    const before = (await driver.call('GET', '/vehicles')).body
    expect((await driver.call('POST', '/vehicles', body)).status).toBe(status)
    expect((await driver.call('GET', '/vehicles')).body).toEqual(before)
  })

  it('are twenty at most', async () => {
    const driver = await newDriver('fleet@example.com')
    const statuses = []
    for (let count = 0; count < 21; count += 1)
      statuses.push((await driver.call('POST', '/vehicles', { model: 'mg4' })).status)
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 201), 409])
  })

  it('come from a catalogue that anybody may read', async () => {
    const answer = await driverClient(emsp).call('GET', '/vehicle-models')
    expect(itemsOf(answer.body).length).toBeGreaterThan(10)
    expect(itemsOf(answer.body)).toContainEqual(
      expect.objectContaining({ id: 'hyundai-ioniq-5', max_dc_kw: '230', curve: expect.any(Array) }),
    )
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
  })

  it('of the test driver are two, the first like those of simulated visitors', async () => {
    const driver = await testDriver(emsp)
    const { body } = await driver.call('GET', '/vehicles')
    expect(itemsOf(body)).toMatchObject([
      { model: 'mid-size', plugs: ['type2', 'ccs'] },
      { model: 'city-car' },
    ])
    expect((await driver.call('GET', '/account')).body).toMatchObject({
      default_vehicle_id: itemsOf(body)[0]?.id,
    })
  })
})

describe('cards', () => {
  const give = (id: unknown, uid: string, body: object = {}) =>
    emsp.api('PUT', `/drivers/${id}/cards/${uid}`, body)

  it('are given by an operator, blocked and let in again by the driver, and stations learn of each', async () => {
    const driver = await newDriver('card@example.com')
    const { body: account } = await driver.call('GET', '/account')
    const given = await give(field(account, 'id'), '04CARD01', {
      label: 'Schlüsselbund',
      visual_number: 'DE-77',
    })
    expect(given).toMatchObject({
      status: 200,
      body: { uid: '04CARD01', state: 'active', visual_number: 'DE-77' },
    })
    await atStations('04CARD01', true)
    const blocked = await driver.call('PATCH', '/cards/04card01', { blocked: true, label: 'Verloren?' })
    expect(blocked.body).toMatchObject({ state: 'blocked', label: 'Verloren?' })
    await atStations('04CARD01', false)
    expect((await driver.call('PATCH', '/cards/04CARD01', { blocked: false })).body).toMatchObject({
      state: 'active',
    })
    await atStations('04CARD01', true)
    expect(itemsOf((await driver.call('GET', '/cards')).body)).toHaveLength(1)
  })

  it('that the issuer withdrew are not let in again by the driver', async () => {
    const driver = await newDriver('withdrawn@example.com')
    const { body: account } = await driver.call('GET', '/account')
    await give(field(account, 'id'), '04CARD02')
    await emsp.api('PATCH', '/tokens/DE/MSP/04CARD02', { valid: false })
    expect(itemsOf((await driver.call('GET', '/cards')).body)).toMatchObject([{ state: 'withdrawn' }])
    for (const blocked of [true, false])
      expect((await driver.call('PATCH', '/cards/04CARD02', { blocked })).status).toBe(409)
  })

  it('of one driver are neither shown nor given to another', async () => {
    const [one, two] = [await newDriver('c1@example.com'), await newDriver('c2@example.com')]
    const idOf = async (driver: DriverClient) => field((await driver.call('GET', '/account')).body, 'id')
    await give(await idOf(one), '04CARD03')
    expect((await give(await idOf(two), '04card03')).status).toBe(409)
    expect((await two.call('PATCH', '/cards/04CARD03', { blocked: true })).status).toBe(404)
    expect((await emsp.api('DELETE', `/drivers/${await idOf(one)}/cards/04CARD03`)).status).toBe(204)
    await atStations('04CARD03', false)
    expect((await give(await idOf(two), '04CARD03')).body).toMatchObject({ state: 'active' })
    const { body: token } = await emsp.api('GET', '/tokens/DE/MSP/04CARD03')
    expect(field(token, 'contract_id')).toBe(field((await two.call('GET', '/account')).body, 'contract_id'))
  })

  it.each([
    ['/cards/04', { blocked: 'perhaps' }, 400],
    ['/cards/04', { valid: true }, 400],
    ['/cards/04', { blocked: true }, 404],
    [`/cards/${'4'.repeat(37)}`, { blocked: true }, 400],
  ])('PATCH %s %j is %i', async (path, body, status) => {
    expect((await (await testDriver(emsp)).call('PATCH', path, body)).status).toBe(status)
  })
})

describe('operators', () => {
  it('find drivers by a part of name, address or contract, page by page', async () => {
    for (const name of ['page1', 'page2', 'page3']) await newDriver(`${name}@paging.example`)
    const first = await emsp.api('GET', '/drivers?search=PAGING.example&limit=2')
    expect(itemsOf(first.body).map(({ email }) => email)).toEqual([
      'page3@paging.example',
      'page2@paging.example',
    ])
    const second = await emsp.api(
      'GET',
      `/drivers?search=paging.example&limit=2&cursor=${field(first.body, 'next')}`,
    )
    expect(second.body).toMatchObject({ items: [{ email: 'page1@paging.example' }], next: null })
    const contract = String(itemsOf(second.body)[0]?.contract_id)
    expect(itemsOf((await emsp.api('GET', `/drivers?search=${contract.toLowerCase()}`)).body)).toHaveLength(1)
    expect(itemsOf((await emsp.api('GET', '/drivers?search=%25')).body)).toEqual([])
  })

  it.each([
    ['GET', '/drivers?search=', 400],
    ['GET', '/drivers?cursor=1', 400],
    ['GET', '/drivers/me', 400],
    ['GET', '/drivers/6f1f8a2e-6c0f-4f0e-9a52-0d9a3f1f7a99', 404],
    ['PUT', '/drivers/6f1f8a2e-6c0f-4f0e-9a52-0d9a3f1f7a99/cards/04', 404],
    ['DELETE', '/drivers/6f1f8a2e-6c0f-4f0e-9a52-0d9a3f1f7a99', 404],
  ])('%s %s is %i', async (method, path, status) => {
    expect((await emsp.api(method, path, method === 'PUT' ? {} : undefined)).status).toBe(status)
  })

  it('look at drivers and reports with the role support, not with read-only', async () => {
    const statusWith = async (role: string) => {
      const { body } = await emsp.api('POST', '/keys', { name: role, role })
      const headers = { authorization: `Bearer ${field(body, 'key')}` }
      const paths = ['/drivers', '/problem-reports']
      return Promise.all(
        paths.map(async (path) => (await fetch(`${emsp.url}/api/v1${path}`, { headers })).status),
      )
    }
    expect([await statusWith('read-only'), await statusWith('support')]).toEqual([
      [403, 403],
      [200, 200],
    ])
  })
})

describe('export and deletion', () => {
  const charge = async (id: string, contract: unknown, change: object) => {
    const token = cdrToken('04GONE01', { contract_id: contract })
    await emsp.api('PUT', `/sessions/DE/CPO/${id}`, session(id, { cdr_token: token, ...change }))
  }

  it('gives everything that is stored, and deletes it but for records of account', async () => {
    const driver = await newDriver('gone@example.com')
    const { body: account } = await driver.call('GET', '/account')
    const [id, contract] = [field(account, 'id'), field(account, 'contract_id')]
    await emsp.api('PUT', `/drivers/${id}/cards/04GONE01`, {})
    await driver.call('POST', '/vehicles', { model: 'fiat-500e' })
    await driver.call('POST', '/problems', { kind: 'other', text: 'Es regnet herein.' })
    await charge('DS1', contract, { status: 'COMPLETED' })
    const token = cdrToken('04GONE01', { contract_id: contract })
    expect(
      (await emsp.api('PUT', '/cdrs/DE/CPO/DC1', cdr('DC1', { cdr_token: token, session_id: 'DS1' }))).status,
    ).toBe(201)
    expect((await driver.call('GET', '/charges')).body).toMatchObject({ items: [{ means: 'card' }] })
    const exported = await driver.call('GET', '/account/export')
    expect(exported.headers.get('content-disposition')).toContain('attachment')
    expect(exported.body).toMatchObject({
      account: { email: 'gone@example.com' },
      tokens: [
        { type: 'APP_USER', token: { valid: true } },
        { uid: '04GONE01', token: { contract_id: contract } },
      ],
      vehicles: [{ model: 'fiat-500e' }],
      sign_ins: [{ expires_at: expect.any(String) }],
      passkeys: [],
      problem_reports: [{ text: 'Es regnet herein.' }],
      charges: [{ means: 'card', session: 'DS1' }],
      reservations: [],
      sessions: [{ id: 'DS1' }],
      cdrs: [{ id: 'DC1' }],
      complete: true,
    })
    expect(JSON.stringify(exported.body)).not.toMatch(/"hash"|public_key/)
    await atStations('04GONE01', true)
    const deleted = await driver.call('DELETE', '/account', { confirm: 'delete' })
    expect(deleted.body).toMatchObject({
      deleted: true,
      kept: ['sessions', 'cdrs', 'withdrawn_tokens'],
      text: expect.stringContaining('past charges'),
    })
    await atStations('04GONE01', false)
    expect((await driver.call('GET', '/account')).status).toBe(401)
    expect((await emsp.api('GET', `/drivers/${id}`)).status).toBe(404)
    expect(itemsOf((await emsp.api('GET', `/problem-reports?driver_id=${id}`)).body)).toEqual([])
    expect((await emsp.api('GET', '/cdrs/DE/CPO/DC1')).status).toBe(200)
    const again = await newDriver('gone@example.com')
    expect(field((await again.call('GET', '/account')).body, 'contract_id')).not.toBe(contract)
  })

  it('is refused while a charge is running, and changes nothing then', async () => {
    const driver = await newDriver('busy@example.com')
    const { body: account } = await driver.call('GET', '/account')
    const last_updated = new Date().toISOString()
    await charge('DS2', field(account, 'contract_id'), { status: 'ACTIVE', last_updated })
    const refused = await driver.call('DELETE', '/account', { confirm: 'delete' })
    expect(refused.body).toMatchObject({ status: 409, type: 'urn:interwatt:problem:charge-running' })
    expect((await driver.call('GET', '/account')).body).toEqual(account)
    await emsp.api('PATCH', '/sessions/DE/CPO/DS2', { status: 'COMPLETED', end_date_time: last_updated })
    expect((await driver.call('DELETE', '/account', { confirm: 'delete' })).status).toBe(200)
  })

  it.each([[{}], [{ confirm: 'yes' }], [undefined]])('needs to be meant: %j is 400', async (body) => {
    const driver = await testDriver(emsp)
    expect((await driver.call('DELETE', '/account', body)).status).toBe(400)
    expect((await driver.call('GET', '/account')).status).toBe(200)
  })
})
