import { expect, it } from 'vitest'
import { retryAfterMs } from './tell.js'

it('tries again after a second, then at growing intervals up to a minute', () => {
  expect([0, 1, 3, 5, 6, 1000].map(retryAfterMs)).toEqual([1000, 2000, 8000, 32_000, 60_000, 60_000])
})
