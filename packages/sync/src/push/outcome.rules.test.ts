import type { Outcome } from '@interwatt/client'
import { expect, test } from 'vitest'
import { judgeFailure, type Verdict, verdictOf } from './outcome.rules.js'

const refused = (httpStatus: number, statusCode: number): Outcome => ({
  kind: 'refused',
  httpStatus,
  statusCode,
  message: 'no',
  data: undefined,
})
const outage = (httpStatus: number | undefined): Outcome => ({
  kind: 'outage',
  httpStatus,
  message: 'no answer',
  sent: true,
  retryAfterMs: undefined,
})

const rows: readonly (readonly [string, Outcome, Verdict['kind']])[] = [
  ['200 with 2001', refused(200, 2001), 'refused'],
  ['200 with 2000', refused(200, 2000), 'refused'],
  ['400', refused(400, 2001), 'refused'],
  ['403', refused(403, 0), 'refused'],
  ['404 without a code', refused(404, 0), 'missing'],
  ['200 with 2003', refused(200, 2003), 'missing'],
  ['200 with 2004', refused(200, 2004), 'missing'],
  ['405', refused(405, 2000), 'no_method'],
  ['401', refused(401, 2000), 'unauthorized'],
  ['429', refused(429, 2000), 'unavailable'],
  ['200 with 3000', refused(200, 3000), 'server_error'],
  ['200 with an unknown 3xxx', refused(200, 3777), 'server_error'],
  ['200 with 4003 of a hub', refused(200, 4003), 'server_error'],
  ['500', outage(500), 'server_error'],
  ['503', outage(503), 'unavailable'],
  ['502 of a gateway', outage(502), 'unavailable'],
  ['no answer', outage(undefined), 'unavailable'],
  ['an address that may not be called', { kind: 'forbidden_address', message: 'private' }, 'unavailable'],
  ['an endpoint that is not there', { kind: 'not_offered' }, 'no_method'],
]

test.each(rows)('%s is %s', (_what, outcome, kind) => {
  expect(verdictOf(outcome).kind).toBe(kind)
})

test.each([
  ['server_error', 1, 0, 'retry'],
  ['server_error', 1, 7, 'retry'],
  ['server_error', 2, 0, 'outage'],
  ['server_error', 9, 0, 'outage'],
  ['server_error', 2, 1, 'refuse'],
  ['unavailable', 1, 5, 'outage'],
  ['unavailable', 2, 5, 'outage'],
  ['unavailable', 3, 1, 'refuse'],
  ['unavailable', 50, 0, 'outage'],
] as const)('%s, attempt %i with %i others delivered: %s', (kind, attempts, othersDelivered, step) => {
  expect(judgeFailure(kind, { attempts, othersDelivered })).toBe(step)
})
