import type { ClientMessage } from '@interwatt/client'
import { describe, expect, it, test } from 'vitest'
import { outgoingMessage, statusCodeOf } from './outgoing-message.js'
import { formsOf } from './redact.rules.js'

const TOKEN = 'the-token-of-this-partner'

const message = (change: Partial<ClientMessage> = {}): ClientMessage => ({
  partnerId: 'p1',
  operation: 'tokens.receiver.put',
  version: '2.2.1',
  params: { country_code: 'NL', party_id: 'ALF', token_uid: 'a1' },
  method: 'PUT',
  origin: 'https://partner.example',
  path: '/tokens/NL/ALF/a1?type=RFID',
  token: TOKEN,
  requestHeaders: [
    'authorization',
    `Token ${TOKEN}`,
    'content-type',
    'application/json',
    'x-request-id',
    'r',
  ],
  requestText: '{"uid":"a1"}',
  answer: { httpStatus: 200, headers: { 'content-type': 'application/json' }, text: '{"status_code":1000}' },
  failure: undefined,
  attempt: 1,
  durationMs: 5,
  requestId: 'r',
  correlationId: 'c',
  ...change,
})

const stored = (change: Partial<ClientMessage> = {}) =>
  outgoingMessage(message(change), { endedMs: 1_772_359_200_000, partner: undefined, remembered: formsOf })

const answer = (httpStatus: number, text: string): Partial<ClientMessage> => ({
  answer: { httpStatus, headers: {}, text },
})

test('a request of ours is stored with its place, its object and when it began', () => {
  expect(stored()).toMatchObject({
    at: '2026-03-01T09:59:59.995Z',
    direction: 'out',
    module: 'tokens',
    side: 'RECEIVER',
    object: { kind: 'token', countryCode: 'NL', partyId: 'ALF', id: 'A1' },
    httpStatus: 200,
    statusCode: 1000,
    outcome: 'ok',
    requestHeaders: { 'content-type': 'application/json', 'x-request-id': 'r' },
    requestHidden: false,
  })
})

describe('the outcome', () => {
  it.each([
    ['ok', answer(200, '{"status_code":1000}')],
    ['ok', answer(200, '')],
    ['failed', { ...answer(200, ''), method: 'GET' }],
    ['failed', answer(200, '<html>')],
    ['refused', answer(200, '{"status_code":2001}')],
    ['refused', answer(200, '{"status_code":3001}')],
    ['refused', answer(404, '<html>')],
    ['failed', answer(500, '{"status_code":3000}')],
    ['failed', answer(429, '')],
    ['timeout', answer(408, '')],
    ['timeout', { answer: undefined, failure: { message: 'late', timedOut: true } }],
    ['failed', { answer: undefined, failure: { message: 'connection refused', timedOut: false } }],
  ] as const)('is %s for %o', (expected, change) => {
    expect(stored(change).outcome).toBe(expected)
  })
})

test.each([
  ['{"status_code":1000,"data":[{"status_code":9999}]}', 1000],
  [`{"data":["${'x'.repeat(9000)}"],"status_code":2002,"timestamp":"t"}`, 2002],
  [`{"status_code": 2003,"data":["${'x'.repeat(9000)}"]}`, 2003],
  ['no json', undefined],
  ['{"status_code":"1000"}', 1000],
])('the status code of %.40s… is read without reading all of a page', (text, expected) => {
  expect(statusCodeOf(text)).toBe(expected)
})

test('the address a result goes to is hidden, with what it is repeated in (promise 5)', () => {
  const result = stored({
    operation: 'result',
    method: 'POST',
    path: '/results/secret-of-partner',
    params: {},
  })
  expect(result.path).toBe('/[hidden]')
  expect(JSON.stringify(result)).not.toContain('secret-of-partner')
  expect(result.requestHidden).toBe(true)
})

test('an error that repeats the token is kept without it', () => {
  const failure = { message: `bad header Token ${TOKEN}`, timedOut: false }
  expect(stored({ answer: undefined, failure }).failure).toBe('bad header Token [hidden]')
})

test('what is read before a version is chosen is the list of versions', () => {
  expect(stored({ operation: 'link', version: undefined, method: 'GET' })).toMatchObject({
    module: 'versions',
  })
})
