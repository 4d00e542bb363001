import { expect, test } from 'vitest'
import { parsePaging } from './paging.js'
import { parseQuery } from './query.js'

const limits = { usual: 100, cap: 1000 }
const read = (query: string) => parsePaging(parseQuery(query), limits)

test.each([
  ['TRN-061 works without parameters', '', { offset: 0, limit: 100 }],
  ['TRN-061 takes offset and limit', 'offset=20&limit=10', { offset: 20, limit: 10 }],
  ['TRN-063 cuts the limit to the cap', 'limit=2000', { limit: 1000 }],
  ['takes an empty parameter as absent', 'limit=&date_from=', { limit: 100, dateFrom: undefined }],
  ['TRN-062 reads dates', 'date_from=2024-05-01T10:00:00Z', { dateFrom: '2024-05-01T10:00:00.000Z' }],
  ['reads dates without zone as UTC', 'date_to=2024-05-01T10:00:00', { dateTo: '2024-05-01T10:00:00.000Z' }],
  [
    'TYP-028 reads a plus nobody encoded',
    'date_from=2024-05-01T10:00:00+00:00',
    { dateFrom: '2024-05-01T10:00:00.000Z' },
  ],
  ['reads other offsets', 'date_from=2024-05-01T10:00:00%2B02:00', { dateFrom: '2024-05-01T08:00:00.000Z' }],
  ['takes the cursor of an own link', 'cursor=abc_-.1', { cursor: 'abc_-.1' }],
])('%s', (_rule, query, expected) => {
  const result = read(query)
  expect(result.ok && result.paging).toMatchObject(expected)
})

test.each([
  'limit=0',
  'limit=-1',
  'limit=ten',
  'limit=1e3',
  'offset=-1',
  'offset=1.5',
  'offset=99999999999999999999',
  'date_from=yesterday',
  'date_to=2024-02-30T00:00:00Z',
  `cursor=${'a'.repeat(513)}`,
  'cursor=a%20b',
])('TRN-076 refuses %s', (query) => {
  const result = read(query)
  expect(!result.ok && result.findings[0]).toMatchObject({ rule: 'TRN-076', severity: 'error' })
})

test('TRN-076 names every bad parameter at once', () => {
  const result = read('limit=0&offset=x&date_from=y')
  expect(!result.ok && result.findings.map((finding) => finding.pointer)).toEqual([
    '?offset',
    '?limit',
    '?date_from',
  ])
})

test('reads a query without a prototype, the first of a repeated name', () => {
  const query = parseQuery('a=1&a=2&__proto__=x&toString=y')
  expect(query.a).toBe('1')
  expect(query.toString).toBe('y')
  expect(Object.getPrototypeOf(query)).toBeNull()
})

test('a query value never holds NUL', () => {
  expect(parseQuery('type=RF%00ID').type).toBe('RF\ufffdID')
})
