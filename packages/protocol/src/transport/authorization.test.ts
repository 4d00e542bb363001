import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorizationHeader, tokenCandidates } from './authorization.js'

test('TRN-003 writes the token in base64 with padding', () => {
  expect(authorizationHeader('example-token', 'base64')).toBe('Token ZXhhbXBsZS10b2tlbg==')
})

test('TRN-004 writes the token as it is where the version is plain', () => {
  expect(authorizationHeader('example-token', 'plain')).toBe('Token example-token')
})

test.each([
  ['TRN-006 offers the raw value first, then the decoded one', 'Token YWJj', ['YWJj', 'abc']],
  ['TRN-007 strips a newline after the decoded token', 'Token dG9rZW4K', ['dG9rZW4K', 'token']],
  [
    'TRN-007 reads base64 without padding',
    'Token ZXhhbXBsZS10b2tlbg',
    ['ZXhhbXBsZS10b2tlbg', 'example-token'],
  ],
  ['TRN-008 offers no binary garbage', 'Token /////w==', ['/////w==']],
  ['TRN-008 offers no token above 64 characters', `Token ${'a'.repeat(65)}`, []],
  ['TRN-009 reads the scheme in lower case', 'token abc-1', ['abc-1']],
  ['TRN-009 reads the scheme in upper case', 'TOKEN abc-1', ['abc-1']],
  ['TRN-009 refuses Bearer', 'Bearer abc', []],
  ['TRN-009 refuses Basic', 'Basic abc', []],
  ['TRN-010 has nothing without a header', undefined, []],
  ['TRN-010 has nothing without a value', 'Token ', []],
  ['refuses two values', 'Token a b', []],
])('%s', (_rule, header, candidates) => {
  expect(tokenCandidates(header)).toEqual(candidates)
})

test('TRN-006 finds every token again, in either encoding', () => {
  const token = fc.stringMatching(/^[\x21-\x7e]{1,64}$/)
  fc.assert(
    fc.property(token, fc.constantFrom('base64' as const, 'plain' as const), (text, encoding) => {
      expect(tokenCandidates(authorizationHeader(text, encoding))).toContain(text)
    }),
  )
})
