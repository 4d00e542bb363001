import { expect, test } from 'vitest'
import { cleanMessageId, readRouting, routingHeaders, swapRouting } from './headers.js'

const full = {
  'ocpi-to-country-code': 'nl',
  'ocpi-to-party-id': 'ALF',
  'ocpi-from-country-code': 'DE',
  'ocpi-from-party-id': 'iwc',
}

test('HUB-006 reads routing headers without regard to case', () => {
  expect(readRouting(full)).toEqual({
    ok: true,
    routing: { to: { countryCode: 'NL', partyId: 'ALF' }, from: { countryCode: 'DE', partyId: 'IWC' } },
  })
})

test.each([
  ['HUB-001 refuses half a pair', { 'ocpi-to-country-code': 'NL' }],
  ['HUB-001 refuses the other half', { 'ocpi-from-party-id': 'IWC' }],
  ['refuses a country of three letters', { ...full, 'ocpi-to-country-code': 'NLD' }],
  ['refuses a party id with a space', { ...full, 'ocpi-from-party-id': 'A B' }],
])('%s', (_rule, headers) => {
  expect(readRouting(headers).ok).toBe(false)
})

test('HUB-004 swaps sender and receiver in the answer', () => {
  const read = readRouting(full)
  expect(read.ok && routingHeaders(swapRouting(read.routing))).toEqual({
    'ocpi-to-country-code': 'DE',
    'ocpi-to-party-id': 'IWC',
    'ocpi-from-country-code': 'NL',
    'ocpi-from-party-id': 'ALF',
  })
})

test('TRN-128 caps message ids and strips control characters', () => {
  expect(cleanMessageId('x'.repeat(10_000))).toHaveLength(255)
  expect(cleanMessageId('a\r\nb\u0000c\u007f')).toBe('abc')
  expect(cleanMessageId('\n')).toBeUndefined()
})

test('TRN-123 keeps a message id that is no UUID', () => {
  expect(cleanMessageId('774321')).toBe('774321')
})
