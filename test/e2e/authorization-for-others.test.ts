import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Connected, connect } from '../support/connect.js'
import { token } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'

const PARTY = { country_code: 'NL', party_id: 'MSX' }
let node: TestNode
let emsp: Connected

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  emsp = await connect(node, { version: '2.3.0', role: 'EMSP', party: PARTY })
})

afterAll(async () => {
  await emsp.party[Symbol.asyncDispose]()
  await node[Symbol.asyncDispose]()
})

it.each([
  { whose: 'its own', owner: PARTY, allowed: 'ALLOWED' },
  { whose: 'another eMSP', owner: { country_code: 'NL', party_id: 'OTH' }, allowed: 'NOT_ALLOWED' },
])('an eMSP that allows a token of $whose is answered $allowed (promise 3)', async ({ owner, allowed }) => {
  emsp.party.routes.set('POST /2.3.0/sender/tokens', () => ({
    data: { allowed: 'ALLOWED', token: token('UNLISTED', owner) },
  }))
  const { body } = await node.api('POST', '/authorizations', { token_uid: 'UNLISTED', type: 'RFID' })
  expect(body).toMatchObject({ allowed })
})
