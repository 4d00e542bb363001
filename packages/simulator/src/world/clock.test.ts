import { expect, it } from 'vitest'
import { isoOfS, realAt, virtualAt } from './clock.js'

const mapping = { realStartMs: 1_000_000_000, virtualStartMs: 999_940_000, speed: 60 }

it('runs at its speed until it reaches the present, then is the present', () => {
  expect(virtualAt(mapping, 1_000_000_500)).toBe(999_970_000)
  expect(virtualAt(mapping, 1_000_002_000)).toBe(1_000_002_000)
  for (let realMs = 1_000_000_000; realMs < 1_000_010_000; realMs += 37) {
    expect(virtualAt(mapping, realMs)).toBeLessThanOrEqual(realMs)
    expect(virtualAt(mapping, realMs)).toBeGreaterThanOrEqual(virtualAt(mapping, realMs - 37))
  }
})

it('knows the first real instant of a virtual one, before and after it caught up', () => {
  for (const virtualMs of [999_950_000, 1_000_000_000, 1_000_001_000, 1_000_500_000]) {
    const realMs = realAt(mapping, virtualMs)
    expect(virtualAt(mapping, realMs)).toBeGreaterThanOrEqual(virtualMs - 0.001)
    expect(virtualAt(mapping, realMs - 1)).toBeLessThan(virtualMs)
  }
})

it('writes instants in UTC without fraction', () => {
  expect(isoOfS(1_717_000_000)).toBe('2024-05-29T16:26:40Z')
})
