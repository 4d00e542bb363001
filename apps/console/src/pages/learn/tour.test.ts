import { expect, test } from 'vitest'
import type { Message } from '../../api/messages.js'
import type { Command } from '../../api/node.js'
import { type TourSources, tourOf } from './tour.js'

let made = 0
const message = (operation: string, change: Partial<Message> = {}): Message => {
  made += 1
  return {
    id: made,
    at: new Date(Date.UTC(2026, 2, 1, 10, 0, made)).toISOString(),
    direction: 'in',
    partner_id: 'p1',
    partner_name: 'Partner',
    method: 'PUT',
    origin: null,
    path: '/x',
    version: '2.2.1',
    module: 'sessions',
    operation,
    object: null,
    http_status: 200,
    status_code: 1000,
    outcome: 'ok',
    failure: null,
    duration_ms: 1,
    request_id: 'r',
    correlation_id: 'c',
    attempt: 1,
    findings: [],
    request_bytes: 0,
    response_bytes: 0,
    ...change,
  }
}

const command = (change: Partial<Command> = {}): Command => ({
  id: 'cmd',
  direction: 'sent',
  type: 'START_SESSION',
  partner_id: 'p1',
  party: null,
  request: {},
  state: 'ACCEPTED',
  response: 'ACCEPTED',
  result: null,
  message: null,
  deadline: null,
  session_id: null,
  correlation_id: 'c',
  created_at: '2026-03-01T10:00:00.000Z',
  finished_at: null,
  ...change,
})

const nothing: TourSources = {
  session: null,
  commands: [],
  sessionMessages: [],
  evseMessages: [],
  tokenMessages: [],
  cdrMessages: [],
  cdr: null,
  check: null,
}

const statesOf = (sources: Partial<TourSources>): Record<string, string> =>
  Object.fromEntries(tourOf({ ...nothing, ...sources }).map(({ id, state }) => [id, state]))

const idsIn = (sources: Partial<TourSources>, step: string): readonly number[] =>
  tourOf({ ...nothing, ...sources })
    .filter(({ id }) => id === step)
    .flatMap(({ messages }) => messages.map(({ id }) => id))

test('a start that was just sent awaits everything after its command', () => {
  const start = {
    command: command(),
    messages: [message('commands.receiver.startSession', { method: 'POST' })],
  }
  expect(statesOf({ commands: [start] })).toEqual({
    token: 'absent',
    command: 'here',
    result: 'awaited',
    begin: 'awaited',
    status: 'awaited',
    updates: 'awaited',
    stop: 'awaited',
    cdr: 'awaited',
    price: 'awaited',
  })
})

test('a command that ended without a result awaits none', () => {
  expect(statesOf({ commands: [{ command: command({ state: 'TIMEOUT' }), messages: [] }] })).toMatchObject({
    result: 'absent',
  })
})

test('the first message of a session is its beginning, the last its end, and those between its updates', () => {
  const told = [1, 2, 3, 4].map(() => message('sessions.receiver.patch', { method: 'PATCH' }))
  const ids = told.map(({ id }) => id)
  const over = { session: { status: 'COMPLETED' }, sessionMessages: told }
  expect(['begin', 'updates', 'stop'].map((step) => idsIn(over, step))).toEqual([
    [ids[0]],
    [ids[1], ids[2]],
    [ids[3]],
  ])
  const running = { session: { status: 'ACTIVE' }, sessionMessages: told }
  expect(idsIn(running, 'updates')).toEqual(ids.slice(1))
  expect(statesOf(running)).toMatchObject({ stop: 'awaited', command: 'absent', result: 'absent' })
})

test('what was refused, and what was only read, tells nothing of a session', () => {
  const sessionMessages = [
    message('sessions.receiver.put', { outcome: 'refused' }),
    message('sessions.receiver.get', { method: 'GET' }),
  ]
  expect(statesOf({ session: { status: 'ACTIVE' }, sessionMessages })).toMatchObject({ begin: 'absent' })
})

test('a question about the token comes before the news of it, the latest of each', () => {
  const pushed = message('tokens.receiver.put')
  const asked = [1, 2].map(() => message('tokens.sender.authorize', { method: 'POST' }))
  expect(idsIn({ tokenMessages: [pushed, ...asked] }, 'token')).toEqual([asked[1]?.id, pushed.id])
})

test('an invalid session has no bill to wait for', () => {
  expect(statesOf({ session: { status: 'INVALID' } })).toMatchObject({ cdr: 'absent', price: 'absent' })
})
