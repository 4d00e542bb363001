import { expect, it } from 'vitest'
import { digitsOf, isEmail } from './sign-in.rules.js'

it.each(['kim@example.org', ' kim.s+drive@mail.example.co.uk '])('%s could be an email address', (text) =>
  expect(isEmail(text)).toBe(true),
)

it.each([
  '',
  'kim',
  'kim@',
  '@example.org',
  'kim@example',
  'kim@@example.org',
  'kim @example.org',
  'kim@example.',
])('"%s" is no email address', (text) => expect(isEmail(text)).toBe(false))

it.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  ['Your code is 123-456.', '123456'],
  ['1234567', '123456'],
  ['12a', '12'],
])('finds the digits in "%s"', (typed, digits) => expect(digitsOf(typed)).toBe(digits))
