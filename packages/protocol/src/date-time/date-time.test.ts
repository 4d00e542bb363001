import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDateTime, isListedDateTime, laterOf, parseDateTime } from './date-time.js'

const instants = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) })

describe('parseDateTime', () => {
  it('agrees with the platform on every instant it formats', () => {
    fc.assert(
      fc.property(instants, (epochMs) => {
        const text = formatDateTime(epochMs, 3)
        expect(text).toBe(new Date(epochMs).toISOString())
        expect(parseDateTime(text)).toEqual({ epochMs, repaired: false })
      }),
    )
  })

  it('reads a text without zone as UTC, whatever the zone of the machine (TYP-021)', () => {
    const epochMs = Date.UTC(2015, 5, 29, 20, 39, 9)
    expect(parseDateTime('2015-06-29T20:39:09')).toEqual({ epochMs, repaired: false })
    expect(parseDateTime('2015-06-29T20:39:09.5')).toEqual({ epochMs: epochMs + 500, repaired: false })
  })

  it('converts offsets and says so', () => {
    const epochMs = Date.UTC(2015, 5, 29, 20, 39, 9)
    for (const text of [
      '2015-06-29T22:39:09+02:00',
      '2015-06-29T20:39:09+00:00',
      '2015-06-29T15:09:09-05:30',
    ])
      expect(parseDateTime(text)).toEqual({ epochMs, repaired: true })
    for (const text of ['2015-06-29T22:39:09+0200', '2015-06-29T22:39:09+24:00', '2015-06-29T22:39:09+01:60'])
      expect(parseDateTime(text)).toBeUndefined()
  })

  it('cuts fractions downward (TYP-024, TYP-025)', () => {
    expect(parseDateTime('2026-01-31T12:00:00.9999Z')?.epochMs).toBe(Date.UTC(2026, 0, 31, 12, 0, 0, 999))
  })

  it('reads a leap second as the second before (TYP-029)', () => {
    expect(parseDateTime('2016-12-31T23:59:60Z')).toEqual({
      epochMs: Date.UTC(2016, 11, 31, 23, 59, 59),
      repaired: true,
    })
    expect(parseDateTime('2016-12-31T23:59:61Z')).toBeUndefined()
  })

  it('knows the calendar', () => {
    for (const text of [
      '2024-02-29T00:00:00Z',
      '2000-02-29T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
    ])
      expect(isListedDateTime(text)).toBe(true)
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-00-10',
      '2026-01-00',
      '2026-01-32',
      '2026-13-01',
    ])
      expect([isListedDateTime(`${text}T00:00:00Z`), parseDateTime(`${text}T00:00:00Z`)]).toEqual([
        false,
        undefined,
      ])
  })

  it('refuses moments that leave the years 0000 to 9999 in UTC', () => {
    expect(parseDateTime('0000-01-01T00:00:00+00:01')).toBeUndefined()
    expect(parseDateTime('9999-12-31T23:59:59-00:01')).toBeUndefined()
    expect(parseDateTime('0000-01-01T00:00:00Z')?.epochMs).toBe(Date.parse('0000-01-01T00:00:00Z'))
  })
})

describe('formatDateTime', () => {
  it('cuts to seconds or milliseconds, also before 1970 (TYP-025)', () => {
    expect(formatDateTime(1_999, 0)).toBe('1970-01-01T00:00:01Z')
    expect(formatDateTime(-1, 0)).toBe('1969-12-31T23:59:59Z')
    expect(formatDateTime(0.9, 3)).toBe('1970-01-01T00:00:00.000Z')
  })

  it('throws for what is no moment', () => {
    for (const epochMs of [Number.NaN, Number.POSITIVE_INFINITY, 8e15])
      expect(() => formatDateTime(epochMs, 3)).toThrow(RangeError)
  })
})

describe('laterOf', () => {
  it('compares instants, not texts (TYP-026)', () => {
    expect(laterOf('2026-01-31T12:00:00Z', '2026-01-31T12:00:00.001Z')).toBe('2026-01-31T12:00:00.001Z')
    expect(laterOf('2026-01-31T12:00:00.5Z', '2026-01-31T12:00:00Z')).toBe('2026-01-31T12:00:00.5Z')
    expect(laterOf('2026-01-31T12:00:00', '2026-01-31T12:00:00.000Z')).toBe('2026-01-31T12:00:00')
  })

  it('prefers the readable one', () => {
    expect(laterOf('soon', '2026-01-31T12:00:00Z')).toBe('2026-01-31T12:00:00Z')
    expect(laterOf('2026-01-31T12:00:00Z', 'soon')).toBe('2026-01-31T12:00:00Z')
  })
})
