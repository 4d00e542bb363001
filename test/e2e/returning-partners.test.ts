import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, connect, quiet } from '../support/connect.js'
import { location } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'

describe('a partner that left and comes back', () => {
  let node: TestNode
  let emsp: Connected
  const carriesLocation = (request: { method: string; path: string }): boolean =>
    request.method === 'PUT' && request.path.endsWith('/locations/DE/CPO/LOC1')

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1'))
    const party = { country_code: 'NL', party_id: 'MSP' }
    emsp = await connect(node, { version: '2.3.0', role: 'EMSP', party })
  })

  afterAll(async () => {
    await emsp.party[Symbol.asyncDispose]()
    await node[Symbol.asyncDispose]()
  })

  it('gets everything again, since it dropped what it had (promise 2, CRD-066)', async () => {
    const { party, id } = emsp
    await arrives(party, 'the location', carriesLocation)
    await party.send('DELETE', party.nodeCredentials)
    await quiet(party)
    party.received.length = 0
    const invited = await node.api('POST', `/partners/${id}/reinvite`)
    const { versions_url, token_a } = invited.body as { versions_url: string; token_a: string }
    expect((await party.register(versions_url, token_a)).envelope?.status_code).toBe(1000)
    await arrives(party, 'the location once more', carriesLocation)
  })
})
