import { type CdrDelivery, cdrKey } from '@interwatt/store'
import { expect, test } from 'vitest'
import { cdr } from '../testing/documents.js'
import { planCdr, showsCdr } from './cdr.rules.js'

const delivery = (state: CdrDelivery['state'], locationUrl: string | null): CdrDelivery => ({
  partnerId: 'p',
  key: cdrKey({ countryCode: 'DE', partyId: 'IWC' }, 'C1'),
  state,
  locationUrl,
})

test.each([
  ['a CDR that was never begun is posted', undefined, { kind: 'post' }],
  ['a delivered one is done', delivery('delivered', null), { kind: 'done' }],
  ['one of unknown outcome is asked for first', delivery('unknown', null), { kind: 'ask_path' }],
  [
    'at the address the partner gave, if it gave one (CDR-009)',
    delivery('unknown', 'https://p.example/c/9'),
    { kind: 'ask_location', url: 'https://p.example/c/9' },
  ],
] as const)('%s', (_what, known, step) => {
  expect(planCdr(known)).toEqual(step)
})

test('only an answer with the same id proves that the CDR is there', () => {
  const sent = cdr('C1')
  expect(showsCdr({ ...sent }, sent)).toBe(true)
  expect(showsCdr({ id: 'c1' }, sent)).toBe(true)
  expect(showsCdr({ id: 'C2' }, sent)).toBe(false)
  expect(showsCdr([], sent)).toBe(false)
  expect(showsCdr(null, sent)).toBe(false)
})
