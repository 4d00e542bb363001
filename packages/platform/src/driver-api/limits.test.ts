import { expect, test } from 'vitest'
import { ProblemError } from '../operator/problem.js'
import { createDriverLimits, networkOf } from './limits.js'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
  ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2'],
  ['2001:db8:1:2::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

const refusal = (act: () => void): ProblemError | undefined => {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

test('an address gets three codes in ten minutes and twenty in a day, whoever asks and however it is written', () => {
  let nowMs = 0
  const limits = createDriverLimits(() => nowMs, 600)
  let asked = 0
  const ask = () => {
    asked += 1
    return refusal(() =>
      limits.code({ address: `192.0.2.${asked}`, email: asked % 2 === 0 ? 'a@B.c' : 'A@b.c' }),
    )
  }
  let sent = 0
  for (let window = 0; window < 7; window += 1) {
    nowMs = window * 600_000
    // What is refused does not count towards the day.
    for (let attempt = 0; attempt < 10; attempt += 1) if (ask() === undefined) sent += 1
    expect(sent).toBe(Math.min(20, (window + 1) * 3))
  }
  nowMs = 7 * 600_000
  expect(ask()?.headers).toEqual({ 'retry-after': String((86_400_000 - nowMs) / 1000) })
  nowMs = 86_400_000
  expect(ask()).toBeUndefined()
})

test('calls are counted by driver for those who are signed in, by address for all others', () => {
  const limits = createDriverLimits(() => 0, 2)
  const call = (caller: Parameters<typeof limits.call>[0]) =>
    refusal(() => limits.call(caller))?.document.status
  expect([1, 2, 3].map(() => call({ address: '2001:db8::1' }))).toEqual([undefined, undefined, 429])
  expect(call({ address: '2001:db8::2' })).toBe(429)
  expect(call({ address: '192.0.2.1' })).toBeUndefined()
  expect([1, 2, 3].map(() => call({ driverId: 'd1' }))).toEqual([undefined, undefined, undefined])
})
