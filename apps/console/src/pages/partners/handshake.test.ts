import { expect, test } from 'vitest'
import type { Message } from '../../api/messages.js'
import { type HandshakeEnd, handshakeOf, refusedAttempt, type Way } from './handshake.js'

const message = (id: number, direction: string, module: string, change: Partial<Message> = {}): Message => ({
  id,
  at: '2026-03-01T10:00:00.000Z',
  direction,
  partner_id: 'p1',
  partner_name: 'Partner',
  method: 'GET',
  origin: null,
  path: '/versions',
  version: null,
  module,
  operation: 'link',
  object: null,
  http_status: 200,
  status_code: 1000,
  outcome: 'ok',
  failure: null,
  duration_ms: 1,
  request_id: '',
  correlation_id: '',
  attempt: 1,
  findings: [],
  request_bytes: 0,
  response_bytes: 0,
  ...change,
})

const list = message(1, 'out', 'versions')
const details = message(2, 'out', 'versions', { path: '/2.2.1' })
const back = message(3, 'in', 'versions', { operation: 'versions.list' })
const posted = message(4, 'out', 'credentials', { operation: 'credentials.post' })

const statesOf = (messages: readonly Message[], end: HandshakeEnd, way: Way = 'register') =>
  handshakeOf(messages, way, end).map(({ state }) => state)

test('the steps before the one that failed are done, those after it are open', () => {
  const failed = { kind: 'failed', step: 'details', failure: 'token_refused' } as const
  expect(statesOf([list], failed)).toEqual(['done', 'failed', 'open', 'open', 'open'])
})

test('a partner that could not call back fails at the call back, though it says so in its answer to the credentials', () => {
  const failed = { kind: 'failed', step: 'credentials', failure: 'callback_failed' } as const
  expect(statesOf([list, details, posted], failed)).toEqual(['done', 'done', 'done', 'failed', 'open'])
})

test('each message stands at its step, in the order of the conversation', () => {
  const views = handshakeOf([posted, back, details, list], 'register', { kind: 'running' })
  expect(views.map(({ messages }) => messages.map(({ id }) => id))).toEqual([[1], [2], [4], [3], []])
})

test('while it runs, what was answered well is done, and the next step is under way', () => {
  expect(statesOf([], { kind: 'running' })).toEqual(['running', 'open', 'open', 'open', 'open'])
  expect(statesOf([list], { kind: 'running' })).toEqual(['done', 'running', 'open', 'open', 'open'])
})

test('of a partner that was invited the calls in come first, and ours are the call back', () => {
  const calls = [
    message(1, 'in', 'versions', { operation: 'versions.list' }),
    message(2, 'in', 'versions', { operation: 'versions.details' }),
    message(3, 'out', 'versions'),
    message(4, 'in', 'credentials', { operation: 'credentials.post' }),
    message(5, 'in', 'locations', { operation: 'locations.sender.list' }),
  ]
  const views = handshakeOf(calls, 'invite', { kind: 'done' })
  expect(views.map(({ messages }) => messages.map(({ id }) => id))).toEqual([[1], [2], [4], [3], []])
})

test('an answer of ours that says no has a remedy, until a later attempt succeeds', () => {
  const no = message(1, 'in', 'credentials', { outcome: 'failed', status_code: 3001 })
  expect(refusedAttempt([no])).toMatchObject({ rule: 'CRD-032', remedy: expect.stringContaining('versions') })
  expect(refusedAttempt([no, message(2, 'in', 'credentials')])).toBeUndefined()
})
