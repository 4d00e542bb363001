import { beforeAll, describe, expect, it } from 'vitest'
import {
  formatAgo,
  formatDate,
  formatDistance,
  formatDuration,
  formatEnergy,
  formatMoney,
  formatMonth,
  formatNumber,
  formatPercent,
} from './format.js'
import { decimalInput, readDecimal } from './read-decimal.js'
import { speak } from './say.js'

/** Without the differences between kinds of spaces. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

describe('in English', () => {
  beforeAll(() => speak('en', ['en-GB']))

  it('writes money exactly, with as many digits as a price needs', () => {
    expect(formatMoney({ amount: '12.3', currency: 'EUR' })).toBe('€12.30')
    expect(formatMoney({ amount: '0.4567', currency: 'EUR' }, 4)).toBe('€0.4567')
    expect(formatMoney({ amount: '9007199254740993.01', currency: 'EUR' })).toBe('€9,007,199,254,740,993.01')
  })

  it('writes money of a currency nobody knows with its name', () => {
    expect(formatMoney({ amount: '5.00', currency: 'points' })).toBe('5 points')
  })

  it('writes what is no number as it came', () => {
    expect(formatNumber('n/a')).toBe('n/a')
  })

  it.each([
    [0, '0 m'],
    [347, '350 m'],
    [994, '990 m'],
    [996, '1 km'],
    [1_240, '1.2 km'],
    [34_400, '34 km'],
  ])('writes %i metres as %s', (metres, text) => expect(plain(formatDistance(metres))).toBe(text))

  it.each([
    [-3, '0 secs'],
    [45, '45 secs'],
    [61, '1 min'],
    [3_600, '1 hr'],
    [3_900, '1 hr 5 mins'],
  ])('writes %i seconds as %s', (seconds, text) => expect(plain(formatDuration(seconds))).toBe(text))

  it.each([
    [-5_000, 'now'],
    [59_000, 'now'],
    [12 * 60_000, '12 minutes ago'],
    [3_600_000, '1 hour ago'],
    [26 * 3_600_000, 'yesterday'],
  ])('writes an age of %i ms as %s', (ageMs, text) => expect(formatAgo(ageMs)).toBe(text))

  it('writes days and months, and nothing for what is no time', () => {
    expect(formatDate('2026-11-22T12:00:00Z')).toBe('22 Nov 2026')
    expect(formatMonth('2026-11')).toBe('November 2026')
    expect(formatDate('soon')).toBe('')
  })
})

describe('in German', () => {
  beforeAll(() => speak('de', []))

  it('writes numbers the German way', () => {
    expect(plain(formatMoney({ amount: '1234.5', currency: 'EUR' }))).toBe('1.234,50 €')
    expect(formatEnergy('20.50')).toBe('20,5 kWh')
    expect(plain(formatPercent(80))).toBe('80 %')
    expect(formatAgo(120_000)).toBe('vor 2 Minuten')
  })
})

describe('a typed decimal', () => {
  it.each([
    ['77,4', '77.4'],
    [' 11 ', '11'],
    ['007.50', '7.50'],
    ['0', '0'],
  ])('%s is %s', (typed, value) => expect(readDecimal(typed)).toBe(value))

  it.each(['', '1,2,3', '-4', '1e3', '12345', '1.2345', '٣'])('%s is none', (typed) =>
    expect(readDecimal(typed)).toBeUndefined(),
  )

  it('is shown with the mark of the language, and read back', () => {
    expect(decimalInput('77.4', 'de')).toBe('77,4')
    expect(decimalInput('77.4', 'en-GB')).toBe('77.4')
    expect(readDecimal(decimalInput('77.4', 'fr'))).toBe('77.4')
  })
})
