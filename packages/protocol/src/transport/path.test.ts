import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillPath, joinUrl, matchPath, pathTemplate, splitPath } from './path.js'

const template = pathTemplate('/{country_code}/{party_id}/{id}')

test.each(['A/B*1', '..', '.', 'a%2Fb', 'x y', '#', '?', 'ü', '%', '\u{1F50C}'])(
  'TRN-116 carries the id %s through a path and back',
  (id) => {
    const path = fillPath(template, { country_code: 'NL', party_id: 'TNM', id })
    expect(path.split('/')).toHaveLength(4)
    expect(matchPath(template, splitPath(path) ?? [])).toEqual({ country_code: 'NL', party_id: 'TNM', id })
  },
)

test('TRN-116 carries any id through a path and back', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
      const path = fillPath(pathTemplate('/{id}'), { id })
      expect(matchPath(pathTemplate('/{id}'), splitPath(path) ?? [])).toEqual({ id })
    }),
  )
})

test('replaces half of a surrogate pair instead of throwing', () => {
  expect(fillPath(pathTemplate('/{id}'), { id: 'a\ud800' })).toBe('/a%EF%BF%BD')
})

test('trap 15: keeps an encoded slash inside its segment', () => {
  expect(splitPath('/a%2Fb/c')).toEqual(['a/b', 'c'])
})

test('TRN-027 ignores one slash at the end', () => {
  expect(splitPath('/a/b/')).toEqual(['a', 'b'])
  expect(splitPath('/a/b//')).toEqual(['a', 'b', ''])
})

test('finds no path in a malformed escape', () => {
  expect(splitPath('/a%zz')).toBeUndefined()
  expect(splitPath('/%ff')).toBeUndefined()
})

test('does not match an empty segment, another length or another literal', () => {
  expect(matchPath(template, ['NL', '', 'x'])).toBeUndefined()
  expect(matchPath(template, ['NL', 'TNM'])).toBeUndefined()
  expect(matchPath(pathTemplate('/{id}/authorize'), ['x', 'other'])).toBeUndefined()
})

test('reads no path with NUL, which no database text holds', () => {
  expect(splitPath('/NL/%00')).toBeUndefined()
  expect(splitPath('/NL/%01')).toEqual(['NL', '\u0001'])
})

test('refuses to fill a path without one of its parameters', () => {
  expect(() => fillPath(template, { country_code: 'NL', party_id: '', id: 'x' })).toThrow('party_id')
})

test.each([
  ['https://h.example/commands', '/START_SESSION', 'https://h.example/commands/START_SESSION'],
  ['https://h.example/commands/', '/START_SESSION', 'https://h.example/commands/START_SESSION'],
  ['https://h.example/commands/', 'START_SESSION', 'https://h.example/commands/START_SESSION'],
  ['https://h.example/commands', 'START_SESSION', 'https://h.example/commands/START_SESSION'],
  ['https://h.example/x/?key=1', '/a', 'https://h.example/x/a?key=1'],
  ['https://h.example/x/', '', 'https://h.example/x/'],
])('TRN-029 joins %s and %s by one slash', (endpoint, path, expected) => {
  expect(joinUrl(endpoint, path)).toBe(expected)
})
