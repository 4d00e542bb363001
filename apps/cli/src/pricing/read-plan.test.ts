import { describe, expect, it } from 'vitest'
import { curve, minutes, percent, positive, startOf } from './read-plan.js'

describe('what a plan is read from', () => {
  it.each([
    ['90', 90],
    ['45m', 45],
    ['2h', 120],
    ['1h30m', 90],
    ['0', 0],
  ])('%s is a duration', (text, expected) => {
    expect(minutes(text)).toBe(expected)
  })

  it.each(['', 'h', '30s', '-5', '1.5h', 'soon'])('"%s" is none', (text) => {
    expect(() => minutes(text)).toThrow('such as 45m')
  })

  it('points make a curve', () => {
    expect(curve('0:120, 80.5:60')).toEqual([
      { percent: 0, kw: 120 },
      { percent: 80.5, kw: 60 },
    ])
    expect(() => curve('0:120,80')).toThrow('percent and kW')
  })

  it('numbers have bounds', () => {
    expect(positive('kW', 50)('7.4')).toBe(7.4)
    for (const text of ['0', '-1', '51', '1e3', ''])
      expect(() => positive('kW', 50)(text)).toThrow('at most 50')
    expect(percent('100')).toBe(100)
    for (const text of ['101', '-1', 'half']) expect(() => percent(text)).toThrow('0 to 100')
  })
})

describe('the start of a charge', () => {
  it('is local time of the zone', () => {
    expect(startOf('2026-11-22T18:00', 'Europe/Berlin')).toBe('2026-11-22T17:00:00.000Z')
    expect(startOf('2026-06-22T18:00:30', 'Europe/Berlin')).toBe('2026-06-22T16:00:30.000Z')
    expect(startOf('2026-06-22T18:00', 'America/St_Johns')).toBe('2026-06-22T20:30:00.000Z')
  })

  it('is as it says where it says so', () => {
    expect(startOf('2026-11-22T18:00Z', 'Europe/Berlin')).toBe('2026-11-22T18:00:00.000Z')
    expect(startOf('2026-11-22T18:00+05:30', undefined)).toBe('2026-11-22T12:30:00.000Z')
  })

  it('is the first of two where clocks go back, and none where they go forward over it', () => {
    expect(startOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(() => startOf('2026-03-29T02:30', 'Europe/Berlin')).toThrow('cannot be read')
  })

  it.each([
    ['2026-11-22T18:00', undefined],
    ['2026-11-22', 'Europe/Berlin'],
    ['2026-13-22T18:00', 'Europe/Berlin'],
    ['2026-13-22T18:00Z', 'Europe/Berlin'],
    ['tonight', 'Europe/Berlin'],
  ])('is not %s in %s', (text, zone) => {
    expect(() => startOf(text, zone)).toThrow('cannot be read')
  })
})
