import { expect, it } from 'vitest'
import { aboutWhat, kindOf } from './about-what.js'

const search = (text: string) => new URLSearchParams(text)
const station = { country_code: 'DE', party_id: 'CPO', location_id: 'LOC1' }

it.each([
  ['station=DE/CPO/LOC1', { station }],
  ['station=DE/CPO/LOC1&evse=E1', { station, evse_uid: 'E1' }],
  ['station=DE/CPO/A%2FB', { station: { ...station, location_id: 'A/B' } }],
  ['charge=123', { charge_id: '123' }],
  ['station=DE/CPO', {}],
  ['evse=E1', {}],
  ['', {}],
])('reads what "%s" is about', (text, about) => expect(aboutWhat(search(text))).toEqual(about))

it('suggests a kind that there is, and none that there is not', () => {
  expect(kindOf(search('kind=wrong_price'))).toBe('wrong_price')
  expect(kindOf(search('kind=nonsense'))).toBeUndefined()
})
