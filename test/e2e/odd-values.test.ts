import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Connected, codes, connect, list } from '../support/connect.js'
import { location } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'

let node: TestNode
let cpo: Connected
let emsp: Connected
beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1'))
  cpo = await connect(node, { version: '2.3.0', role: 'CPO', party: { country_code: 'NL', party_id: 'CPX' } })
  emsp = await connect(node, {
    version: '2.3.0',
    role: 'EMSP',
    party: { country_code: 'NL', party_id: 'MSX' },
  })
})
afterAll(async () => {
  await cpo.party[Symbol.asyncDispose]()
  await emsp.party[Symbol.asyncDispose]()
  await node[Symbol.asyncDispose]()
})
it('takes a time of the year 0000 as long ago, in objects and in filters (promise 4)', async () => {
  const body = location('OLD', { country_code: 'NL', party_id: 'CPX', last_updated: '0000-01-01T00:00:00Z' })
  const url = cpo.party.at('locations', 'RECEIVER', '/NL/CPX/OLD')
  expect(codes(await cpo.party.send('PUT', url, { body }))).toEqual([201, 1000])
  const listed = (query: string) =>
    emsp.party.send('GET', emsp.party.at('locations', 'SENDER', `?${query}`)).then(list)
  expect(await listed('date_from=0000-01-01T00:00:00Z')).toHaveLength(1)
  expect(await listed('date_to=0000-01-01T00:00:00Z')).toHaveLength(0)
})

it('answers 2001 to a cursor it did not give out (TRN-076)', async () => {
  for (const cursor of ['abc', 'WzFd', '%00'])
    expect([
      cursor,
      ...codes(await emsp.party.send('GET', emsp.party.at('locations', 'SENDER', `?cursor=${cursor}`))),
    ]).toEqual([cursor, 200, 2001])
})

it('takes no operator to an internal error by a control character in an id', async () => {
  const id = 'L\u0085%2FX'
  const { status } = await node.api('PUT', `/locations/DE/CPO/${encodeURIComponent(id)}`, location(id))
  expect(status).toBeLessThan(500)
})
