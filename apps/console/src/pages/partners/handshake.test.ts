import { expect, test } from 'vitest'
import { ApiFailure } from '../../api/request.js'
import { progressOf, remedyFor } from './handshake.js'

test('the steps before the one that failed are done, those after it are open', () => {
  expect(progressOf('details')).toEqual(['done', 'failed', 'open', 'open'])
  expect(progressOf('')).toEqual(['open', 'open', 'open', 'open'])
})

test('a token that is not accepted is answered with the way to a new one, whatever the step', () => {
  const failure = new ApiFailure(502, 'The partner does not accept the token', 'HTTP 401', [], 'versions')
  expect(remedyFor(failure)).toContain('new registration token')
})

test('an address that cannot be reached is to be checked', () => {
  const failure = new ApiFailure(502, 'The partner cannot be reached', 'ECONNREFUSED', [], 'versions')
  expect(remedyFor(failure)).toContain('Check the address')
  expect(remedyFor(new Error('x'))).toBe('')
})
