import { expect, it } from 'vitest'
import { groupOf, sharesOf } from './status-words.js'

it('adds statuses that mean the same to a driver', () => {
  const shares = sharesOf({ seconds: { AVAILABLE: 600, OUTOFORDER: 100, INOPERATIVE: 200, UNKNOWN: 100 } })
  expect(shares.map(({ id, seconds, share }) => [id, seconds, share])).toEqual([
    ['available', 600, 0.6],
    ['broken', 300, 0.3],
    ['unknown', 100, 0.1],
  ])
})

it('leaves out the time before anything was known', () => {
  expect(sharesOf({ seconds: { UNTOLD: 86_000, CHARGING: 400 } })).toMatchObject([
    { id: 'charging', share: 1 },
  ])
  expect(sharesOf({ seconds: { UNTOLD: 86_400 } })).toEqual([])
})

it('does not know statuses that it does not know', () => {
  expect(groupOf('SLEEPING').word).toBe('not known')
})
