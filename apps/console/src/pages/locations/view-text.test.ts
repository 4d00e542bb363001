import { expect, test } from 'vitest'
import { viewFrom, viewText } from './view-text.js'

test('a view comes back from an address as near as a street', () => {
  expect(viewText({ zoom: 11.46, latitude: 52.520_008, longitude: 13.4 })).toBe('11.5,52.52,13.4')
  expect(viewFrom('11.5,52.52,13.4')).toEqual({ zoom: 11.5, latitude: 52.52, longitude: 13.4 })
})

test.each([
  '',
  '11',
  '11,52',
  '11,52,x',
  '11,52,13,1',
  '19,52,13',
  '11,91,13',
  '11,52,181',
  '11,,13',
  'NaN,1,1',
])('"%s" is no view', (text) => {
  expect(viewFrom(text)).toBeUndefined()
})
