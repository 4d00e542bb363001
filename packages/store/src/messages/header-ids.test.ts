import { expect, test } from 'vitest'
import { withIds, withoutIds } from './header-ids.js'

const ids = { requestId: 'r1', correlationId: 'c1' }

test('ids that have columns of their own are not stored twice, and come back as they were', () => {
  const headers = { accept: 'application/json', 'x-request-id': 'r1', 'x-correlation-id': 'c1' }
  const stored = withoutIds(headers, ids)
  expect(stored).toEqual({ accept: 'application/json', 'x-request-id': null, 'x-correlation-id': null })
  expect(withIds(stored, ids)).toEqual(headers)
})

test.each([
  [{ accept: '*/*' }],
  [{ 'x-request-id': 'another', 'x-correlation-id': 'c1' }],
  [{ 'x-correlation-id': 'another' }],
])('headers %o come back as they were: what another id says, or none, stays so', (headers) => {
  expect(withIds(withoutIds(headers, ids), ids)).toEqual(headers)
})
