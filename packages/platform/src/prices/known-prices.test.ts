import { expect, it } from 'vitest'
import { timeZoneOf } from './known-prices.js'

it('takes the zone a place states, else that of its country, and none where that has several', () => {
  const berlin = { country: 'DEU', time_zone: 'Europe/Vienna' }
  expect(timeZoneOf(berlin)).toBe('Europe/Vienna')
  expect(timeZoneOf({ ...berlin, time_zone: 'Nowhere' })).toBe('Europe/Berlin')
  expect(timeZoneOf({ country: 'USA' })).toBeUndefined()
  expect(timeZoneOf(undefined)).toBeUndefined()
})
