import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cdr, location, session, tariff, token } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** A CPO node and an eMSP node, registered with each other over HTTP. */
let cpo: TestNode
let emsp: TestNode

const details = { name: 'Test company' }

const value = (body: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    body,
  )

beforeAll(async () => {
  cpo = await startTestNode()
  emsp = await startTestNode()
  await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: details })
  await emsp.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: details })
})

afterAll(async () => {
  await cpo?.[Symbol.asyncDispose]()
  await emsp?.[Symbol.asyncDispose]()
})

describe('two nodes', () => {
  it('register with each other by one call on each side', async () => {
    await cpo.api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff())
    await cpo.api('PUT', '/locations/DE/CPO/LOC1', location())
    await emsp.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
    const invited = await emsp.api('POST', '/partners', { name: 'CPO' })
    expect(invited.status).toBe(201)
    const registered = await cpo.api('POST', '/partners', {
      name: 'eMSP',
      versions_url: value(invited.body, 'versions_url'),
      token_a: value(invited.body, 'token_a'),
    })
    expect(registered.body).toMatchObject({ status: 'REGISTERED', version: '2.3.0' })
    const partner = await emsp.api('GET', `/partners/${String(value(invited.body, 'id'))}`)
    expect(partner.body).toMatchObject({ status: 'REGISTERED', version: '2.3.0' })
  })

  it('bring locations and tariffs to the eMSP and tokens to the CPO by themselves', async () => {
    const received = await eventually('location at the eMSP', async () => {
      const found = await emsp.api('GET', '/locations/DE/CPO/LOC1')
      return found.status === 200 ? found.body : undefined
    })
    expect(received).toMatchObject({ name: 'Depot Süd', evses: [{ uid: 'E1' }, { uid: 'E2' }] })
    await eventually(
      'tariff at the eMSP',
      async () => (await emsp.api('GET', '/tariffs/DE/CPO/AC-DAY')).status === 200 || undefined,
    )
    await eventually(
      'token at the CPO',
      async () => (await cpo.api('GET', '/tokens/DE/MSP/04AA11BB22CC33')).status === 200 || undefined,
    )
  })

  it('carry a status change', async () => {
    await cpo.api('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'CHARGING' })
    await eventually('status at the eMSP', async () => {
      const found = await emsp.api('GET', '/locations/DE/CPO/LOC1')
      return value(found.body, 'evses', 0, 'status') === 'CHARGING' || undefined
    })
  })

  it('authorize a card by the token that was sent', async () => {
    const decision = await cpo.api('POST', '/authorizations', { token_uid: '04aa11bb22cc33', type: 'RFID' })
    expect(decision.body).toMatchObject({ allowed: 'ALLOWED', reason: 'whitelist_allowed' })
  })

  it('start a session by command, deliver the session and its CDR', async () => {
    const sent = await emsp.api('POST', '/commands/START_SESSION', {
      token: { uid: '04AA11BB22CC33', type: 'RFID' },
      location_id: 'LOC1',
      evse_uid: 'E2',
    })
    expect(sent.body).toMatchObject({ state: 'ACCEPTED', response: 'ACCEPTED' })
    const reference = value(sent.body, 'request', 'authorization_reference')
    const received = await cpo.api('GET', '/commands?direction=received')
    const command = value(received.body, 'items', 0)
    expect(command).toMatchObject({ type: 'START_SESSION', state: 'ACCEPTED' })
    const finished = await cpo.api('POST', `/commands/${String(value(command, 'id'))}/result`, {
      result: 'ACCEPTED',
    })
    expect(finished.status).toBe(200)
    const followed = await emsp.api('GET', `/commands/${String(value(sent.body, 'id'))}`)
    expect(followed.body).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
    await cpo.api(
      'PUT',
      '/sessions/DE/CPO/S1',
      session('S1', { authorization_reference: reference, auth_method: 'COMMAND', evse_uid: 'E2' }),
    )
    await eventually(
      'session at the eMSP',
      async () => (await emsp.api('GET', '/sessions/DE/CPO/S1')).status === 200 || undefined,
    )
    const adopted = await emsp.api('GET', `/commands/${String(value(sent.body, 'id'))}`)
    expect(adopted.body).toMatchObject({ session_id: 'S1' })
    await cpo.api('PUT', '/cdrs/DE/CPO/CDR1', cdr('CDR1', { authorization_reference: reference }))
    const delivered = await eventually('CDR at the eMSP', async () => {
      const found = await emsp.api('GET', '/cdrs/DE/CPO/CDR1')
      return found.status === 200 ? found.body : undefined
    })
    expect(delivered).toMatchObject({ total_cost: { before_taxes: 9 }, total_energy: 20 })
  })

  it('rotate credentials without an interval in which neither works', async () => {
    const partners = await cpo.api('GET', '/partners')
    const id = String(value(partners.body, 'items', 0, 'id') ?? value(partners.body, 0, 'id'))
    const rotated = await cpo.api('POST', `/partners/${id}/rotate`)
    expect(rotated.body).toMatchObject({ status: 'REGISTERED' })
    await cpo.api('PATCH', '/locations/DE/CPO/LOC1', { name: 'After rotation' })
    await eventually('change after rotation', async () => {
      const found = await emsp.api('GET', '/locations/DE/CPO/LOC1')
      return value(found.body, 'name') === 'After rotation' || undefined
    })
  })
})
