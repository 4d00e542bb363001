import { expect, test } from 'vitest'
import { loginOf, passwordFault } from './password.rules.js'

const ann = { login: 'ann.lee@example.com', name: 'Ann Lee' }

test.each([
  ['correct horse battery', undefined],
  ['ünïcödé wörds', undefined],
  ['short', 'at least 12'],
  ['x'.repeat(201), 'at most 200'],
  ['aaaaaaaaaaaaaab', 'different characters'],
  ['my name is ann lee!', 'login or the name'],
  ['ANN.LEE@example.com 1', 'login or the name'],
])('the password %s is judged: %s', (text, fault) => {
  if (fault === undefined) expect(passwordFault(text, ann)).toBeUndefined()
  else expect(passwordFault(text, ann)).toContain(fault)
})

test.each([
  [' Ann@Example.COM ', 'ann@example.com'],
  ['ann', undefined],
  ['ann@example', undefined],
  ['a b@example.com', undefined],
])('the login %s is kept as %s', (text, expected) => {
  expect(loginOf(text)).toBe(expected)
})
