import { describe, expect, it } from 'vitest'
import { readOpeningTimes } from './opening-times.js'
import type { ReportCode } from './row-report.js'

const read = (kind: string, days = '', times = '') => {
  const codes: ReportCode[] = []
  return { hours: readOpeningTimes({ kind, days, times }, (code) => codes.push(code)), codes }
}
const period = (weekday: number, period_begin: string, period_end: string) => ({
  weekday,
  period_begin,
  period_end,
})
const allDays = 'Montag; Dienstag; Mittwoch; Donnerstag; Freitag; Samstag; Sonntag'

describe('opening times', () => {
  it('LOC-114 247 is round the clock without regular hours', () => {
    const { hours, codes } = read('247', allDays, Array(7).fill('00:00-23:59').join('; '))
    expect(hours).toEqual({ twentyfourseven: true })
    expect(codes).toEqual([])
  })

  it('247 wins over hours that contradict it, reported', () => {
    const { hours, codes } = read('247', 'Montag', '08:00-12:00')
    expect(hours).toEqual({ twentyfourseven: true })
    expect(codes).toEqual(['opening_times_contradict'])
  })

  it('pairs weekdays with times and keeps 23:59 as written', () => {
    const { hours } = read('Eingeschränkt', 'Montag; Samstag', '05:00-23:59; 00:00-15:00')
    expect(hours).toEqual({
      twentyfourseven: false,
      regular_hours: [period(1, '05:00', '23:59'), period(6, '00:00', '15:00')],
    })
  })

  it('T-09 splits a period past midnight, over the end of the week too', () => {
    const { hours } = read('Eingeschränkt', 'Freitag; Sonntag', '20:00-02:00; 08:00-00:00')
    expect(hours?.regular_hours).toEqual([
      period(5, '20:00', '00:00'),
      period(6, '00:00', '02:00'),
      period(7, '08:00', '00:00'),
    ])
    expect(read('Eingeschränkt', 'Sonntag', '22:00-06:30').hours?.regular_hours).toEqual([
      period(1, '00:00', '06:30'),
      period(7, '22:00', '00:00'),
    ])
  })

  it.each([
    ['Keine Angabe', '', '', 'opening_times_unknown'],
    ['', '', '', 'opening_times_unknown'],
    ['Eingeschränkt', '', '', 'opening_times_unknown'],
    ['Eingeschränkt', 'Montag; Dienstag', '08:00-18:00', 'opening_times_garbled'],
    ['Eingeschränkt', 'Montag', '8 bis 18 Uhr', 'opening_times_garbled'],
    ['Eingeschränkt', 'Montag', '08:00-25:00', 'opening_times_garbled'],
    ['Eingeschränkt', 'Montag', '08:00-08:00', 'opening_times_garbled'],
    ['Eingeschränkt', 'Feiertag', '08:00-18:00', 'opening_times_garbled'],
    ['nach Vereinbarung', '', '', 'opening_times_garbled'],
  ])('leaves out what is not stated: %s | %s | %s', (kind, days, times, code) => {
    const { hours, codes } = read(kind, days, times)
    expect(hours).toBeUndefined()
    expect(codes).toEqual([code])
  })
})
