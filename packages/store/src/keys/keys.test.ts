import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evseKey, keyText, locationKey, parentLocationKey, tokenKey } from './keys.js'

const party = { countryCode: 'de', partyId: 'abc' }
const text = fc.oneof(
  fc.string({ maxLength: 36 }),
  fc.string({ unit: fc.constantFrom('/', '%', '2', 'f', 'F', 'a', 'A', '\u0000'), maxLength: 8 }),
)
const folded = (value: string): string => value.replace(/[a-z]/g, (sign) => sign.toUpperCase())

test('two EVSE keys are equal exactly when location and uid are equal apart from ASCII case', () => {
  fc.assert(
    fc.property(text, text, text, text, (locationA, uidA, locationB, uidB) => {
      const same = folded(locationA) === folded(locationB) && folded(uidA) === folded(uidB)
      const equal = keyText(evseKey(party, locationA, uidA)) === keyText(evseKey(party, locationB, uidB))
      expect(equal).toBe(same)
    }),
    { numRuns: 2_000 },
  )
})

test('a slash inside a segment does not move it to another segment', () => {
  expect(evseKey(party, 'A/B', 'x').id).toBe('A%2FB/X')
  expect(evseKey(party, 'A', 'B/x').id).toBe('A/B%2FX')
})

test('the parent of an EVSE is the key of its location, whatever the ids hold', () => {
  fc.assert(
    fc.property(text, text, (location, uid) => {
      expect(parentLocationKey(evseKey(party, location, uid))).toEqual(locationKey(party, location))
    }),
  )
})

test('keys hold no control characters, which PostgreSQL text refuses', () => {
  expect(tokenKey(party, 'a\u0000b', 'RFID').id).toBe('A%00B/RFID')
})

test('parties compare without regard to case', () => {
  expect(locationKey({ countryCode: 'DE', partyId: 'ABC' }, 'l1')).toEqual(locationKey(party, 'L1'))
})
