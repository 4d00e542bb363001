import { openDatabase } from '@interwatt/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect } from '../support/connect.js'
import { cdr211, location211, session211, token } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** The conversation with a partner on 2.1.1: plain tokens, addresses that name our role, bodies that name no owner. */
let node: TestNode
let cpo: Connected
const secrets = new Set<string>()

interface Shown {
  readonly id: number
  readonly operation: string
  readonly path: string
  readonly version: string
  readonly outcome: string
  readonly object: unknown
}

const list = async (query: string): Promise<readonly Shown[]> =>
  ((await node.api('GET', `/messages?limit=1000&${query}`)).body as { items: readonly Shown[] }).items

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
  const party = { country_code: 'DE', party_id: 'CPO' }
  const endpoints = [
    { identifier: 'tokens', role: 'RECEIVER' },
    { identifier: 'commands', role: 'RECEIVER' },
  ] as const
  cpo = await connect(node, { version: '2.1.1', role: 'CPO', party, endpoints }, (from) => {
    secrets.add(from.ownToken)
    from.strictToken = true
  })
  secrets.add(cpo.party.nodeToken)
  secrets.add(cpo.party.ownToken)
})

afterAll(async () => {
  await cpo?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

const at = (module: string, path = '') => cpo.party.at(module, 'RECEIVER', path)

it('names version, module and object, and the owner by the connection where nothing else does', async () => {
  const put = (module: string, id: string, body: unknown) =>
    cpo.party.send('PUT', at(module, `/DE/CPO/${id}`), { body })
  expect(codes(await put('locations', 'LOC1', location211()))).toEqual([201, 1000])
  expect(codes(await put('sessions', 'S1', session211('S1')))).toEqual([201, 1000])
  expect(codes(await cpo.party.send('POST', at('cdrs'), { body: cdr211('C1') }))).toEqual([201, 1000])
  const object = (kind: string, id: string) => ({ kind, country_code: 'DE', party_id: 'CPO', id })
  expect(await list('kind=session&direction=in')).toMatchObject([
    { version: '2.1.1', operation: 'sessions.receiver.put', outcome: 'ok', object: object('session', 'S1') },
  ])
  expect(await list('module=cdrs&direction=in')).toMatchObject([{ object: object('cdr', 'C1') }])
  expect(await list('kind=location&direction=in')).toMatchObject([
    { path: expect.stringContaining('/ocpi/emsp/2.1.1/') },
  ])
})

it('has what we sent, and the story of the session', async () => {
  await arrives(cpo.party, 'the token', ({ method, path }) => method === 'PUT' && path.includes('/tokens/'))
  const [pushed] = await eventually('the message', async () => {
    const found = await list('module=tokens&direction=out&outcome=ok')
    return found.length > 0 ? found : undefined
  })
  expect(pushed).toMatchObject({ version: '2.1.1', object: { kind: 'token', id: '04AA11BB22CC33' } })
  const story = (await node.api('GET', '/sessions/DE/CPO/S1/story')).body as { steps: { text: string }[] }
  const texts = story.steps.map(({ text }) => text)
  expect(texts).toContainEqual(
    expect.stringMatching(/^Foreign CPO told us that session S1 is \w+ with [\d.]+ kWh\.$/),
  )
  expect(texts).toContainEqual(expect.stringMatching(/^Charging began at location LOC1/))
})

it('gives a command for curl with a token that is not encoded', async () => {
  const [pushed] = await list('kind=session&direction=in')
  const headers = { authorization: `Bearer ${node.apiKey}` }
  const text = await (await fetch(`${node.url}/api/v1/messages/${pushed?.id}/curl`, { headers })).text()
  expect(text).toContain('# Put the credentials token, as it is, into OCPI_TOKEN.')
  expect(text).toContain(`'${node.url}/ocpi/emsp/2.1.1/sessions/DE/CPO/S1'`)
})

it('holds no token and no address of a result in any row (TRN-004, promise 5)', async () => {
  let responseUrl = ''
  cpo.party.routes.set('POST /2.1.1/receiver/commands', (request) => {
    responseUrl = String((request.body as { response_url: string }).response_url)
    return { data: { result: 'ACCEPTED' } }
  })
  const start = { token: { uid: '04AA11BB22CC33' }, location_id: 'LOC1', evse_uid: 'E1' }
  const sent = await node.api('POST', '/commands/START_SESSION', start)
  expect(sent.body).toMatchObject({ response: 'ACCEPTED' })
  expect(codes(await cpo.party.send('POST', responseUrl, { body: { result: 'ACCEPTED' } }))).toEqual([
    200, 1000,
  ])
  secrets.add(responseUrl.split('/').at(-1) ?? '')
  expect((await node.api('POST', `/partners/${cpo.id}/rotate`)).status).toBe(200)
  secrets.add(cpo.party.nodeToken)
  secrets.add(cpo.party.ownToken)
  expect((await list('module=credentials')).length).toBeGreaterThanOrEqual(2)
  await using database = await openDatabase({ url: node.databaseUrl, poolSize: 1 })
  const { rows } = await database.query<{ row: string }>({ text: 'select m::text as row from messages m' })
  expect(rows.length).toBeGreaterThan(10)
  expect(secrets.size).toBeGreaterThanOrEqual(4)
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10)
    expect(rows.filter(({ row }) => row.includes(secret))).toEqual([])
  }
})
