import type { Outcome } from '@interwatt/client'
import { expect, test } from 'vitest'
import { credentialsFailureOf, failureOf, remedies } from './failure-kinds.js'

const refused = (httpStatus: number, statusCode: number): Exclude<Outcome, { kind: 'ok' }> => ({
  kind: 'refused',
  httpStatus,
  statusCode,
  message: 'no',
  data: undefined,
})
const outage = (reason?: 'timeout' | 'tls'): Exclude<Outcome, { kind: 'ok' }> => ({
  kind: 'outage',
  httpStatus: undefined,
  message: 'no answer',
  sent: false,
  retryAfterMs: undefined,
  ...(reason === undefined ? {} : { reason }),
})

test.each([
  [refused(401, 2000), 'token_refused'],
  [refused(404, 0), 'not_found'],
  [refused(200, 2000), 'refused'],
  [outage('tls'), 'tls'],
  [outage('timeout'), 'timeout'],
  [outage(), 'not_connected'],
  [{ kind: 'forbidden_address', message: 'private' } as const, 'forbidden_address'],
] as const)('what fails while a partner is read, %o, is %s', (outcome, expected) => {
  expect(failureOf(outcome)).toBe(expected)
})

test.each([
  [refused(405, 2000), 'already_registered'],
  [refused(200, 3001), 'callback_failed'],
  [refused(200, 3002), 'callback_version'],
  [refused(200, 3003), 'callback_endpoints'],
  [refused(401, 2000), 'token_refused'],
] as const)('what fails while credentials are exchanged, %o, is %s', (outcome, expected) => {
  expect(credentialsFailureOf(outcome)).toBe(expected)
})

test('every kind of failure names a rule and says what to do', () => {
  for (const { rule, remedy } of Object.values(remedies)) {
    expect(rule).toMatch(/^(CRD|VER|TRN)-\d{3}$/)
    expect(remedy).toMatch(/\.$/)
  }
})
