import { expect, it } from 'vitest'
import { connectorOf, timeZoneOf } from './known-prices.js'

it('finds a connector by its id without regard to case', () => {
  const evse = { connectors: [{ id: '1' }, { id: 'b' }] }
  expect([connectorOf(evse, 'B'), connectorOf(evse, '2'), connectorOf({}, '1')]).toEqual([
    { id: 'b' },
    undefined,
    undefined,
  ])
})

it('takes the zone a place states, else that of its country, and none where that has several', () => {
  const berlin = { country: 'DEU', time_zone: 'Europe/Vienna' }
  expect(timeZoneOf(berlin)).toBe('Europe/Vienna')
  expect(timeZoneOf({ ...berlin, time_zone: 'Nowhere' })).toBe('Europe/Berlin')
  expect(timeZoneOf({ country: 'USA' })).toBeUndefined()
  expect(timeZoneOf(undefined)).toBeUndefined()
})
