import { expect, test } from 'vitest'
import { Passwords, PasswordsBusy } from './passwords.js'

test('a hash holds its costs and a salt of its own, and matches its password only', async () => {
  const passwords = new Passwords()
  const [one, two] = await Promise.all([
    passwords.hash('correct horse battery'),
    passwords.hash('correct horse battery'),
  ])
  expect(one).toMatch(/^scrypt\$15\$8\$3\$/)
  expect(one).not.toBe(two)
  expect(await passwords.matches('correct horse battery', one)).toBe(true)
  expect(await passwords.matches('correct horse batterz', one)).toBe(false)
})

test('nothing matches where no password is set', async () => {
  expect(await new Passwords().matches('', null)).toBe(false)
})

test('takes a few at a time and refuses more than may wait, then goes on', async () => {
  const passwords = new Passwords({ log2N: 10, r: 8, p: 1 })
  const asked = await Promise.allSettled(Array.from({ length: 24 }, () => passwords.matches('x', null)))
  const refused = asked.filter((each) => each.status === 'rejected')
  expect(refused.map(({ reason }) => reason)).toEqual([expect.any(PasswordsBusy), expect.any(PasswordsBusy)])
  expect(await passwords.matches('x', null)).toBe(false)
})
