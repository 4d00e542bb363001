import { parseDateTime } from '@interwatt/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf, UnreadableTime } from './instant.js'

const DAY_MS = 86_400_000

describe('the instant of a DateTime', () => {
  it('is what the reader of the protocol reads, on every day of 140 years', () => {
    const wrong: string[] = []
    for (let day = -1000; day < 50_000; day += 1) {
      const text = `${new Date(day * DAY_MS + 12_345_000).toISOString().slice(0, 19)}Z`
      if (instantOf(text) !== day * DAY_MS + 12_345_000) wrong.push(text)
    }
    expect(wrong).toEqual([])
  })

  it('is refused where the reader of the protocol refuses it', () => {
    const pair = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'))
    const texts = fc
      .tuple(fc.constantFrom('1969', '2000', '2026', '2028', '2099', '2100'), pair, pair, pair, pair, pair)
      .map(
        ([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
      )
    const days = ['02-29', '02-30', '04-31', '13-01', '00-10', '01-00', '01-32', '12-31'].flatMap((day) =>
      ['2026', '2028', '2000', '2099'].map((year) => `${year}-${day}T10:00:00Z`),
    )
    fc.assert(
      fc.property(fc.oneof(texts, fc.constantFrom(...days), fc.string()), (text) => {
        const read = parseDateTime(text)
        if (read === undefined) expect(() => instantOf(text)).toThrow(UnreadableTime)
        else expect(instantOf(text)).toBe(read.epochMs)
      }),
      { numRuns: 2000 },
    )
  })
})
