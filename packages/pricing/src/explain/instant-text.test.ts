import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateText, instantText, timeOfDayText } from './instant-text.js'

const DAY_MS = 86_400_000

describe('the text of an instant', () => {
  it('is that of Date, without milliseconds where there are none', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (epochMs) => {
        const iso = new Date(epochMs).toISOString()
        expect(instantText(epochMs)).toBe(iso.replace('.000Z', 'Z'))
        expect(dateText(epochMs)).toBe(iso.slice(0, -14))
        expect(timeOfDayText(epochMs)).toBe(iso.slice(-13, -8))
      }),
    )
  })

  it('is right for every day of 130 years', () => {
    const wrong: string[] = []
    for (let day = -2; day < 47_490; day += 1) {
      const iso = new Date(day * DAY_MS).toISOString()
      if (dateText(day * DAY_MS) !== iso.slice(0, 10)) wrong.push(iso)
    }
    expect(wrong).toEqual([])
  })
})
