import { expect, test } from 'vitest'
import type { Row } from '../../api/objects.js'
import type { Doc } from '../../api/reading.js'
import { chooseStart } from './start-choice.js'

const row = (document: Doc, receivedFrom: string | null = 'p1'): Row => ({
  document,
  receivedFrom,
  versionIn: '2.2.1',
  check: null,
})
const evse = (uid: string, change: Doc = {}): Doc => ({
  uid,
  status: 'AVAILABLE',
  capabilities: ['REMOTE_START_STOP_CAPABLE'],
  connectors: [{ id: '1' }],
  ...change,
})
const place = (...evses: readonly Doc[]): Doc => ({
  country_code: 'DE',
  party_id: 'CPO',
  id: 'L1',
  name: 'Depot',
  evses,
})
const card = row({ uid: 'CARD', type: 'RFID', valid: true }, null)
const app = row({ uid: 'APP', type: 'APP_USER', valid: true }, null)
const first = (): number => 0

test('takes a free bay that can be started from afar, and the token of an app before a card', () => {
  const found = chooseStart(
    [row(place(evse('TAKEN', { status: 'CHARGING' }), evse('FREE')))],
    [card, app],
    first,
  )
  expect(found?.body).toEqual({
    country_code: 'DE',
    party_id: 'CPO',
    location_id: 'L1',
    evse_uid: 'FREE',
    token: { uid: 'APP', type: 'APP_USER' },
  })
})

test.each([
  ['is taken', [row(place(evse('E', { status: 'BLOCKED' })))], [card]],
  ['cannot be started from afar', [row(place(evse('E', { capabilities: [] })))], [card]],
  ['has several plugs', [row(place(evse('E', { connectors: [{ id: '1' }, { id: '2' }] })))], [card]],
  ['is our own', [row(place(evse('E')), null)], [card]],
  ['is free, but every token is blocked', [row(place(evse('E')))], [row({ uid: 'X', valid: false }, null)]],
])('starts nowhere when the only bay %s', (_why, places, tokens) => {
  expect(chooseStart(places, tokens, first)).toBeUndefined()
})
