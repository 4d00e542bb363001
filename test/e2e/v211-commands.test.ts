import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, connect } from '../support/connect.js'
import { connector211, evse211, location211, session211, token } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** Our eMSP node commands a foreign CPO on 2.1.1. */
let node: TestNode
let cpo: Connected
const place = { location_id: 'LOC1', evse_uid: 'E1' }
const send = async (
  type: string,
  body: object,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const { status, body: answer } = await node.api('POST', `/commands/${type}`, body)
  return { status, body: answer as Record<string, unknown> }
}
const sent = (type: string) =>
  cpo.party.received.findLast(({ path }) => path === `/2.1.1/receiver/commands/${type}`)
const answering = (type: string, answer: unknown) =>
  cpo.party.routes.set(`POST /2.1.1/receiver/commands/${type}`, () => ({ data: answer }))
const command = async (id: unknown) =>
  (await node.api('GET', `/commands/${id}`)).body as Record<string, unknown>

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
  const party = { country_code: 'DE', party_id: 'CPO' }
  const endpoints = [
    { identifier: 'tokens', role: 'RECEIVER' },
    { identifier: 'commands', role: 'RECEIVER' },
  ] as const
  cpo = await connect(node, { version: '2.1.1', role: 'CPO', party, endpoints })
  const two = evse211('TWO', { connectors: [connector211('1'), connector211('2')] })
  const body = location211('LOC1', { evses: [evse211('E1'), two] })
  await cpo.party.send('PUT', cpo.party.at('locations', 'RECEIVER', '/DE/CPO/LOC1'), { body })
})

afterAll(async () => {
  await cpo?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe('a command to a CPO on 2.1.1', () => {
  it('carries the whole token as 2.1.1 has it, and gets its result at the address given (CMD-060, CMD-074)', async () => {
    answering('START_SESSION', { result: 'ACCEPTED' })
    const { status, body } = await send('START_SESSION', {
      token: '04AA11BB22CC33',
      ...place,
      connector_id: '1',
    })
    expect([status, body.state, body.response]).toEqual([201, 'ACCEPTED', 'ACCEPTED'])
    const request = sent('START_SESSION')?.body as { response_url: string }
    expect(request).toEqual({
      response_url: expect.stringMatching(`^${node.url}/ocpi/emsp/2.1.1/commands/START_SESSION/`),
      token: expect.objectContaining({ uid: '04AA11BB22CC33', auth_id: 'DE-MSP-C00000001-5' }),
      ...place,
    })
    expect((request as unknown as { token: object }).token).not.toHaveProperty('country_code')
    const result = await cpo.party.send('POST', request.response_url, { body: { result: 'ACCEPTED' } })
    expect(result.envelope?.status_code).toBe(1000)
    expect(await command(body.id)).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
  })

  it('waits for a minute, as the answer does not say how long (CMD-069)', async () => {
    answering('START_SESSION', { result: 'ACCEPTED' })
    const { body } = await send('START_SESSION', { token: '04AA11BB22CC33', ...place })
    const waitMs = Date.parse(String(body.deadline)) - Date.now()
    expect(waitMs).toBeGreaterThan(50_000)
    expect(waitMs).toBeLessThan(70_000)
  })

  it.each([
    ['UNKNOWN_SESSION', 'FAILED'],
    ['TIMEOUT', 'TIMEOUT'],
    ['SUCCESSFUL', 'ACCEPTED'],
    ['rejected', 'REJECTED'],
  ])('takes the result %s as %s (CMD-074, trap 3)', async (result, expected) => {
    answering('START_SESSION', { result: 'ACCEPTED' })
    const { body } = await send('START_SESSION', { token: '04AA11BB22CC33', ...place })
    const { response_url } = (sent('START_SESSION')?.body ?? {}) as { response_url: string }
    await cpo.party.send('POST', response_url, {
      body: { data: { result }, status_code: 1000, timestamp: 'x' },
    })
    expect(await command(body.id)).toMatchObject({ state: 'DONE', result: expected })
  })

  it.each([
    ['REJECTED', 'REFUSED', 'REJECTED'],
    [{ result: 'TIMEOUT' }, 'REFUSED', 'REJECTED'],
    ['ACCEPTED', 'ACCEPTED', 'ACCEPTED'],
    [{ result: 'NOT_SUPPORTED' }, 'REFUSED', 'NOT_SUPPORTED'],
  ])(
    'takes the answer %j, also as the bare word of the first edition (trap 2)',
    async (answer, state, response) => {
      answering('START_SESSION', answer)
      expect((await send('START_SESSION', { token: '04AA11BB22CC33', ...place })).body).toMatchObject({
        state,
        response,
      })
    },
  )

  it('is not sent when it cannot say which of several connectors is meant (commands.md, translation)', async () => {
    const before = cpo.party.received.length
    const { status, body } = await send('START_SESSION', {
      token: '04AA11BB22CC33',
      location_id: 'LOC1',
      evse_uid: 'TWO',
      connector_id: '2',
    })
    expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining('more than one')])
    expect(cpo.party.received.length).toBe(before)
  })

  it('reserves under a number that is always the same for an id (commands.md, translation)', async () => {
    answering('RESERVE_NOW', { result: 'ACCEPTED' })
    const reserve = { token: '04AA11BB22CC33', expiry_date: '2090-01-01T00:00:00.500Z', ...place }
    const numbers: unknown[] = []
    for (const reservation_id of ['4711', 'My-Reservation', 'my-reservation']) {
      await send('RESERVE_NOW', { ...reserve, reservation_id })
      const body = sent('RESERVE_NOW')?.body as Record<string, unknown>
      expect(body.expiry_date).toBe('2090-01-01T00:00:00Z')
      numbers.push(body.reservation_id)
    }
    expect(numbers[0]).toBe(4711)
    expect(Number.isInteger(numbers[1])).toBe(true)
    expect(numbers[2]).toBe(numbers[1])
  })

  it('is no CANCEL_RESERVATION: the operator is told so (roles-and-modules.md 5)', async () => {
    const { status, body } = await send('CANCEL_RESERVATION', { reservation_id: '4711' })
    expect([status, body.title]).toEqual([422, 'Not possible in version 2.1.1'])
    expect(JSON.stringify(body)).toContain('CANCEL_RESERVATION')
  })

  it('stops a session that came from there, and unlocks', async () => {
    const session = session211('S1')
    await cpo.party.send('PUT', cpo.party.at('sessions', 'RECEIVER', '/DE/CPO/S1'), { body: session })
    for (const [type, body] of [
      ['STOP_SESSION', { session_id: 'S1' }],
      ['UNLOCK_CONNECTOR', { ...place, connector_id: '1' }],
    ] as const) {
      answering(type, { result: 'ACCEPTED' })
      expect((await send(type, body)).body).toMatchObject({ state: 'ACCEPTED' })
      expect(sent(type)?.body).toMatchObject(body)
    }
  })

  it('finds its session by card and place, since 2.1.1 carries no reference (CMD-073)', async () => {
    answering('START_SESSION', { result: 'ACCEPTED' })
    const { body } = await send('START_SESSION', { token: '04AA11BB22CC33', ...place })
    const session = session211('OF-COMMAND', { last_updated: new Date().toISOString() })
    await cpo.party.send('PUT', cpo.party.at('sessions', 'RECEIVER', '/DE/CPO/OF-COMMAND'), { body: session })
    const adopted = await eventually('the session', async () => {
      const found = await command(body.id)
      return found.session_id ? found : undefined
    })
    expect(adopted.session_id).toBe('OF-COMMAND')
  })
})
