import { expect, test } from 'vitest'
import { nextLinkHeader, nextLinkOf, parseLinks } from './link.js'

const at = 'https://cpo.example/ocpi/2.2.1/locations?limit=1'

test.each([
  ['quoted', '<https://a.example/?x=1>; rel="next"', 'https://a.example/?x=1'],
  ['bare', '<https://a.example/>; rel=next', 'https://a.example/'],
  ['without spaces', '<https://a.example/>;rel=next', 'https://a.example/'],
  ['in upper case', '<https://a.example/>; REL="NEXT"', 'https://a.example/'],
  [
    'among others',
    '<https://a.example/1>; rel="first", <https://a.example/2>; rel="next"',
    'https://a.example/2',
  ],
  ['of several relations', '<https://a.example/>; rel="last next"', 'https://a.example/'],
  [
    'after a parameter with a comma',
    '<https://a.example/>; title="a, <b>; rel=prev"; rel=next',
    'https://a.example/',
  ],
  ['with a comma in the target', '<https://a.example/?a=1,2>; rel="next"', 'https://a.example/?a=1,2'],
  [
    'relative',
    '</ocpi/2.2.1/locations?cursor=2>; rel="next"',
    'https://cpo.example/ocpi/2.2.1/locations?cursor=2',
  ],
])('TRN-071 finds a next link %s', (_kind, header, expected) => {
  expect(nextLinkOf(header, at)).toBe(expected)
})

test.each([
  ['no header', undefined],
  ['another relation', '<https://a.example/>; rel="prev"'],
  ['a relation that only contains the word', '<https://a.example/>; rel="nextish"'],
  ['a second rel, which does not count', '<https://a.example/>; rel=prev; rel=next'],
  ['garbage', 'next: https://a.example/'],
  ['another scheme', '<javascript:alert(1)>; rel="next"'],
])('trap 7: finds no next link in %s', (_kind, header) => {
  expect(nextLinkOf(header, at)).toBeUndefined()
})

test('TRN-068 repeats every filter, escaped so that + and : survive', () => {
  const header = nextLinkHeader(
    'https://cpo.example/ocpi/2.2.1/sender/locations',
    { date_from: '2024-01-01T00:00:00+01:00', date_to: undefined, custom: 'a&b>' },
    { offset: 100, limit: 50, cursor: 'k1' },
  )
  const next = nextLinkOf(header, at)
  expect(next).toBeDefined()
  expect(Object.fromEntries(new URL(next ?? '').searchParams)).toEqual({
    date_from: '2024-01-01T00:00:00+01:00',
    custom: 'a&b>',
    offset: '100',
    limit: '50',
    cursor: 'k1',
  })
  expect(header).not.toContain('+')
})

test('reads a hostile header in linear time', () => {
  const started = performance.now()
  parseLinks(`<a>${' ;'.repeat(100_000)}`)
  parseLinks(`<a>;${' '.repeat(100_000)}`)
  parseLinks(`<a>; a="${'\\'.repeat(100_000)}`)
  parseLinks('<'.repeat(100_000))
  expect(performance.now() - started).toBeLessThan(1000)
})
