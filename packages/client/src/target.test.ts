import { joinUrl } from '@interwatt/protocol'
import { expect, test } from 'vitest'
import { stemOf, targetBelow, targetOf } from './target.js'

const below = (endpoint: string, path: string, query?: Record<string, string>) => {
  const stem = stemOf(endpoint)
  return stem && targetBelow(stem, path, query)
}

test.each([
  ['https://cpo.example', '/NL/ALF/1'],
  ['https://cpo.example/', '/NL/ALF/1'],
  ['https://cpo.example/ocpi/tokens', '/NL/ALF/A%2FB'],
  ['https://cpo.example/ocpi/tokens//', '/NL/ALF/%2E%2E'],
  ['https://cpo.example:8443/ocpi/%7e/?key=1', '/NL/ALF/1'],
  ['https://cpo.example/ocpi?key=1#part', '/1'],
  ['https://cpo.example?key=1', '/1'],
  ['https://cpo.example/ocpi/', ''],
  ['https://cpo.example/ocpi/?key=1', ''],
  ['https://cpo.example', ''],
])('TRN-029 %s with %s below it is the same as the URL of both', (endpoint, path) => {
  const whole = targetOf(joinUrl(endpoint, path))
  expect(below(endpoint, path)).toMatchObject({ path: whole?.path, href: whole?.href, origin: whole?.origin })
})

test('TRN-029 a query is added to the one of the endpoint', () => {
  expect(below('https://cpo.example/t?key=1', '/1', { type: 'RFID' })?.path).toBe('/t/1?key=1&type=RFID')
  expect(below('https://cpo.example/t', '/1', { type: 'RFID' })?.path).toBe('/t/1?type=RFID')
})

test('CMD-007 dots in an endpoint whose text has to be rewritten do not swallow what is below it', () => {
  expect(below('https://cpo.example/ö/tokens', '/%2E%2E')?.path).toBe('/%C3%B6/tokens/%2E%2E')
})

test('what is no absolute URL has no target', () => {
  expect(stemOf('/ocpi/tokens')).toBeUndefined()
  expect(stemOf('https://')).toBeUndefined()
})
