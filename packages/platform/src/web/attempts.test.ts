import { expect, test } from 'vitest'
import { Attempts } from './attempts.js'

const limit = { attempts: 3, windowMs: 60_000, addresses: 2 }

test('lets an address try until the limit, then makes it wait for the rest of the window', () => {
  let now = 0
  const attempts = new Attempts(() => now, limit)
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(attempts.waitMs('a')).toBe(0)
    attempts.record('a')
  }
  now = 10_000
  expect(attempts.waitMs('a')).toBe(50_000)
  now = 60_000
  expect(attempts.waitMs('a')).toBe(0)
})

test('counts addresses apart', () => {
  const attempts = new Attempts(() => 0, limit)
  for (let attempt = 0; attempt < 3; attempt += 1) attempts.record('a')
  expect(attempts.waitMs('b')).toBe(0)
})

test('forgets the oldest address when too many are remembered', () => {
  const attempts = new Attempts(() => 0, limit)
  for (let attempt = 0; attempt < 3; attempt += 1) attempts.record('a')
  attempts.record('b')
  attempts.record('c')
  expect(attempts.waitMs('a')).toBe(0)
})

test('takes one more within the limit, none beyond it', () => {
  const attempts = new Attempts(() => 0, limit)
  expect([1, 2, 3, 4].map(() => attempts.take('a'))).toEqual([0, 0, 0, 60_000])
})
