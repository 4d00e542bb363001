import { expect, it } from 'vitest'
import { placeHref, wantedIn } from './place-query.js'

const place = { country_code: 'DE', party_id: 'CPO', location_id: 'L 1', evse_uid: 'E/1', connector_id: '1' }
const at = placeHref('start', place).split('?')[1] ?? ''

it('reads the place back that it wrote, however it is spelt', () => {
  expect(wantedIn(at)?.place).toEqual(place)
  expect(wantedIn('country_code=DE&party_id=CPO')).toBeUndefined()
})

it.each([
  ['&energy_kwh=20', { energy_kwh: '20' }],
  ['&from_percent=20&to_percent=80', { from_percent: 20, to_percent: 80 }],
  ['&from_percent=80&to_percent=20&energy_kwh=10', { energy_kwh: '10' }],
  ['&energy_kwh=lots', {}],
  ['&energy_kwh=-5', {}],
  ['&from_percent=20&to_percent=180', {}],
])('takes of %s what makes sense', (query, goal) => {
  expect(wantedIn(at + query)?.goal).toEqual(goal)
})

it('asks for a price with what is there only', () => {
  expect(wantedIn(`${at}&energy_kwh=20`)?.wish).toEqual({ energy_kwh: 20 })
  expect(wantedIn(`${at}&vehicle_id=v1&model=m1`)?.wish).toEqual({ vehicle_id: 'v1' })
  expect(wantedIn(at)?.wish).toEqual({})
})
