import type { AuthorizationRecord, Command, MessageFacts, StoredObject, StoryMessage } from '@interwatt/store'
import { expect, test } from 'vitest'
import { type StorySources, storySteps } from './story.rules.js'

const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 1, 10, 0, seconds)).toISOString()
const party = { countryCode: 'DE', partyId: 'ABC' }

const stored = (kind: 'session' | 'cdr', id: string, document: object): StoredObject => ({
  key: { kind, ...party, id: id.toUpperCase() },
  document: { id, ...document },
  lastUpdated: at(60),
  versionIn: '2.2.1',
  unmapped: null,
  receivedFrom: 'p1',
  createdSeq: 1,
  changedSeq: 7,
  previousSeq: 0,
  changedFields: null,
  deletedAt: null,
})

const session = stored('session', 's1', {
  status: 'COMPLETED',
  kwh: 5,
  start_date_time: at(10),
  end_date_time: at(50),
})

const message = (id: number, change: Partial<StoryMessage> = {}): StoryMessage => ({
  id,
  at: at(id),
  direction: 'in',
  partnerId: 'p1',
  partnerName: 'Partner',
  method: 'PUT',
  origin: null,
  path: '/x',
  version: '2.2.1',
  module: 'sessions',
  side: 'RECEIVER',
  operation: 'sessions.receiver.put',
  object: { kind: 'session', ...party, id: 'S1' },
  httpStatus: 200,
  statusCode: 1000,
  outcome: 'ok',
  failure: null,
  durationMs: 1,
  requestId: 'r',
  correlationId: `c${id}`,
  attempt: 1,
  findings: [],
  requestBytes: 0,
  responseBytes: 0,
  requestBody: null,
  ...change,
})

const texts = (change: Partial<StorySources>): readonly string[] =>
  storySteps({
    session,
    cdrs: [],
    authorizations: [],
    commands: [],
    messages: [],
    tokenMessages: [],
    nameOf: (id) => (id === null ? 'A partner' : 'Partner'),
    ...change,
  }).map(({ text }) => text)

const record = (change: Partial<AuthorizationRecord> = {}): AuthorizationRecord => ({
  id: 'a1',
  at: at(5),
  direction: 'asked',
  partnerId: 'p1',
  tokenUid: '04AA',
  tokenType: 'RFID',
  allowed: 'ALLOWED',
  reason: 'realtime',
  durationMs: 9,
  authorizationReference: null,
  locationId: 'LOC1',
  ...change,
})

const command = (change: Partial<Command> = {}): Command => ({
  id: 'cmd',
  direction: 'sent',
  type: 'START_SESSION',
  partnerId: 'p1',
  party: null,
  request: { location_id: 'LOC1' },
  responseUrl: null,
  responseTokenHash: null,
  state: 'DONE',
  response: 'ACCEPTED',
  result: 'ACCEPTED',
  message: null,
  deadline: null,
  sessionId: 's1',
  correlationId: 'cc',
  createdAt: at(1),
  finishedAt: at(4),
  ...change,
})

test('a session without any message still has a beginning, an end and its CDRs', () => {
  const cdr = stored('cdr', 'c1', {
    total_energy: 5,
    total_cost: { before_taxes: 2.5 },
    currency: 'EUR',
    last_updated: at(60),
  })
  expect(texts({ cdrs: [cdr] })).toEqual([
    'Charging began.',
    'Charging ended after 5 kWh; the session is COMPLETED.',
    'The CDR c1 says 5 kWh, 2.5 EUR before taxes.',
  ])
})

test.each([
  [
    {},
    'The charge point asked whether token 04AA may charge at location LOC1: ALLOWED (answered by Partner).',
  ],
  [
    { partnerId: null, reason: 'whitelist_always' },
    'The charge point asked whether token 04AA may charge at location LOC1: ALLOWED. The eMSP lists the token as ALWAYS allowed, so it was not asked.',
  ],
  [
    { direction: 'answered', allowed: 'BLOCKED', reason: 'The token is not valid.', locationId: null },
    'Partner asked whether token 04AA may charge: BLOCKED. The token is not valid.',
  ],
] as const)('a decision on a card %o is told with its reason', (change, expected) => {
  expect(texts({ authorizations: [record(change)] })[0]).toBe(expected)
})

test('a decision names the question it answered, not another one about the same card', () => {
  const asked = (id: number, seconds: number): MessageFacts =>
    message(id, { at: at(seconds), module: 'tokens', method: 'POST' })
  const [step] = storySteps({
    session,
    cdrs: [],
    authorizations: [record()],
    commands: [],
    messages: [],
    tokenMessages: [asked(1, 14), asked(2, 5), asked(3, 40)],
    nameOf: () => 'Partner',
  })
  expect(step).toMatchObject({ kind: 'authorization', messages: [2], authorizationId: 'a1' })
})

test.each([
  [
    {},
    [
      'We asked Partner to start charging at location LOC1. The answer was ACCEPTED.',
      'The request to start charging came to its end. The result was ACCEPTED after 3 s.',
    ],
  ],
  [
    { state: 'TIMEOUT', result: null },
    [
      'We asked Partner to start charging at location LOC1. The answer was ACCEPTED.',
      'The request to start charging came to its end. No result came in time.',
    ],
  ],
  [
    { state: 'REFUSED', response: 'REJECTED', result: null },
    ['We asked Partner to start charging at location LOC1. The answer was REJECTED.'],
  ],
  [
    {
      direction: 'received',
      type: 'STOP_SESSION',
      request: {},
      state: 'ACCEPTED',
      result: null,
      finishedAt: null,
    },
    ['Partner asked us to stop charging. The answer was ACCEPTED.'],
  ],
] as const)('a command %o is told with its answer and its end', (change, expected) => {
  expect(texts({ commands: [command(change)] }).slice(0, expected.length)).toEqual(expected)
})

test.each([
  [
    { requestBody: '{"status":"ACTIVE","kwh":1.5}' },
    'Partner told us that session s1 is ACTIVE with 1.5 kWh.',
  ],
  [{ requestBody: '{"kwh":2}' }, 'Partner told us that session s1 has 2 kWh.'],
  [{ requestBody: 'no json' }, 'Partner told us that session s1 changed.'],
  [
    { direction: 'out', outcome: 'refused', statusCode: 2001, requestBody: '{"status":"ACTIVE"}' },
    'We told Partner that session s1 is ACTIVE. It was refused. (status code 2001)',
  ],
  [
    { direction: 'out', outcome: 'timeout', statusCode: null, failure: 'no answer within 30000 ms' },
    'We told Partner that session s1 changed. No answer came in time. (no answer within 30000 ms)',
  ],
  [{ method: 'GET' }, 'Partner read session S1 from us.'],
  [{ module: 'chargingprofiles', direction: 'out' }, 'We asked Partner to set a charging profile.'],
  [{ module: 'chargingprofiles', method: 'DELETE' }, 'Partner asked us to clear a charging profile.'],
  [
    { module: 'cdrs', method: 'POST', requestBody: '{"id":"c1","total_energy":5}' },
    'Partner sent us the CDR c1 of 5 kWh.',
  ],
] as const)('a message %o is one sentence', (change, expected) => {
  expect(texts({ messages: [message(20, change)] })).toContain(expected)
})

test('beginning and end stand where the messages do when the clock of the session is another one', () => {
  const elsewhere = stored('session', 's1', {
    start_date_time: '2025-01-01T00:00:00Z',
    end_date_time: '2025-01-01T01:00:00Z',
  })
  const found = texts({
    session: elsewhere,
    authorizations: [record({ at: at(1) })],
    messages: [message(5), message(9)],
  })
  expect(found.map((text) => text.split(' ').slice(0, 3).join(' '))).toEqual([
    'The charge point',
    'Charging began.',
    'Partner told us',
    'Charging ended; the',
    'Partner told us',
  ])
})

const steps = (change: Partial<StorySources>) =>
  storySteps({
    session,
    ...{ cdrs: [], authorizations: [], commands: [], messages: [], tokenMessages: [] },
    nameOf: () => 'Partner',
    ...change,
  })

test('a step carries the time at which it was told, and what the clock of the station says where that is another', () => {
  const elsewhere = stored('session', 's1', {
    start_date_time: '2025-11-08T14:05:00Z',
    end_date_time: '2025-11-08T15:00:00Z',
  })
  const messages = [
    message(3, { requestBody: '{"status":"PENDING"}' }),
    message(5, { requestBody: '{"status":"ACTIVE"}' }),
    message(9, { requestBody: '{"status":"COMPLETED"}' }),
  ]
  const found = steps({ session: elsewhere, messages })
  expect(found.map((step) => step.at)).toEqual([at(3), at(5), at(5), at(9), at(9)])
  expect(found.filter(({ statedAt }) => statedAt !== null)).toMatchObject([
    { text: 'Charging began.', at: at(5), statedAt: '2025-11-08T14:05:00.000Z' },
    { text: 'Charging ended; the session is over.', at: at(9), statedAt: '2025-11-08T15:00:00.000Z' },
  ])
})

test('a stated time that is about ours is not told beside it', () => {
  const [first] = steps({ messages: [message(20, { requestBody: '{"status":"ACTIVE"}' })] })
  expect(first).toMatchObject({ text: 'Charging began.', at: at(20), statedAt: null })
})

test('a command that led to no session has a story too', () => {
  const lost = command({ state: 'TIMEOUT', result: null, sessionId: null })
  const asked = message(2, { module: 'commands', direction: 'out', correlationId: 'cc', object: null })
  const found = steps({ session: undefined, commands: [lost], messages: [asked] })
  expect(found.map(({ text }) => text)).toEqual([
    'We asked Partner to start charging at location LOC1. The answer was ACCEPTED.',
    'The request to start charging came to its end. No result came in time.',
  ])
  expect(found[0]?.messages).toEqual([2])
})
