import { expect, test } from 'vitest'
import { instantOf } from './document-parts.js'

test.each([
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'],
  ['2026-03-01T10:00:00.123Z', '2026-03-01T10:00:00.123Z'],
  ['2026-03-01T10:00:00', '2026-03-01T10:00:00.000Z'],
  ['2026-02-30T10:00:00Z', null],
  ['soon', null],
  [7, null],
  [undefined, null],
])('%s of a document is told as %s: no reader takes it for a time of its own zone', (value, told) => {
  expect(instantOf(value)).toBe(told)
})
