import { tariffKey } from '@interwatt/store'
import { expect, test } from 'vitest'
import { dueAgain, givenUp, givenUpRetryMs } from './given-up.rules.js'

const nowMs = Date.parse('2026-01-01T12:00:00Z')
const refusal = (id: string, message: string, ageMs: number) => ({
  partnerId: 'p',
  key: tariffKey({ countryCode: 'DE', partyId: 'IWC' }, id),
  seq: 1,
  httpStatus: 200,
  statusCode: 3000,
  message,
  at: new Date(nowMs - ageMs).toISOString(),
})
const failure = {
  kind: 'server_error',
  refusal: { httpStatus: 200, statusCode: 3000, message: 'internal error' },
  retryAfterMs: undefined,
} as const
const { message } = givenUp(failure)
const due = (recovering: boolean, tries: number, ...list: ReturnType<typeof refusal>[]) =>
  dueAgain(list, { nowMs, recovering, triesOf: () => tries }).map(({ key }) => key.id)

test('what was set aside is due after five seconds, then less and less often, at least every ten minutes', () => {
  expect([0, 1, 2, 50].map(givenUpRetryMs)).toEqual([5_000, 10_000, 20_000, 600_000])
  expect(due(false, 0, refusal('T1', message, 4_999), refusal('T2', message, 5_000))).toEqual(['T2'])
  expect(due(false, 3, refusal('T1', message, 30_000))).toEqual([])
})

test('all of it is due when the partner recovers', () => {
  expect(due(true, 9, refusal('T1', message, 0))).toEqual(['T1'])
})

test('a clear no is never due again, nor is what we may not send', () => {
  const old = 86_400_000
  expect(
    due(true, 0, refusal('T1', 'unknown currency', old), refusal('T2', 'withheld: no lens', old)),
  ).toEqual([])
})

test('one pass tries a hundred at most', () => {
  const many = Array.from({ length: 500 }, (_, index) => refusal(`T${index}`, message, 60_000))
  expect(due(false, 0, ...many)).toHaveLength(100)
})
