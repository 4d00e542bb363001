import { expect, test } from 'vitest'
import { csvOf } from './save-file.js'
import { agoOf, durationOf } from './times.js'

test('CSV quotes what has to be, and never hands a formula to a spreadsheet', () => {
  const columns = [
    { title: 'Name', value: (row: { name: string }) => row.name },
    { title: 'Length', value: (row: { name: string }) => -row.name.length },
  ]
  const rows = [{ name: 'a,b' }, { name: '=1+1' }, { name: 'say "x"' }]
  expect(csvOf(columns, rows)).toBe('Name,Length\r\n"a,b",-3\r\n\'=1+1,-4\r\n"say ""x""",-7\r\n')
})

test.each([
  ['2026-01-01T00:00:00Z', 'just now', 2],
  ['2026-01-01T00:00:00Z', '40 s ago', 40],
  ['2026-01-01T00:00:00Z', '3 min ago', 190],
  ['2026-01-01T00:00:00Z', '25 h ago', 25 * 3600],
  ['2026-01-01T00:00:00Z', '3 days ago', 72 * 3600],
  ['2026-01-01T00:01:00Z', 'in 1 min', 0],
  ['never', 'never', 0],
])('%s is %s after %i s', (at, words, seconds) => {
  expect(agoOf(at, Date.parse('2026-01-01T00:00:00Z') + seconds * 1000)).toBe(words)
})

test('a length of time is told in hours and minutes', () => {
  expect(durationOf('2026-01-01T00:00:00Z', '2026-01-01T01:12:00Z')).toBe('1 h 12 min')
  expect(durationOf('2026-01-01T00:00:00Z', '')).toBe('')
})
