import { describe, expect, it } from 'vitest'
import { openingOf } from './opening.rules.js'

const BERLIN = 'Europe/Berlin'
const at = (text: string): number => Date.parse(text)
const weekdays = {
  twentyfourseven: false,
  regular_hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, period_begin: '08:00', period_end: '18:30' })),
}

describe('opening times', () => {
  it('are those of the clock on the wall, and say when they change', () => {
    // A Friday in winter: Berlin is an hour ahead.
    const open = openingOf(weekdays, BERLIN, at('2026-11-20T17:00:00Z'))
    expect(open).toMatchObject({ openNow: true, changesAt: '2026-11-20T17:30:00.000Z' })
    const closed = openingOf(weekdays, BERLIN, at('2026-11-20T17:30:00Z'))
    expect(closed).toMatchObject({ openNow: false, changesAt: '2026-11-23T07:00:00.000Z' })
  })

  it('hold on the night in which clocks are changed', () => {
    const sundays = {
      twentyfourseven: false,
      regular_hours: [{ weekday: 7, period_begin: '06:00', period_end: '00:00' }],
    }
    // Clocks are put back on Sunday, 25 October 2026: six o'clock is 05:00 UTC, no longer 04:00.
    const before = openingOf(sundays, BERLIN, at('2026-10-24T22:30:00Z'))
    expect(before).toMatchObject({ openNow: false, changesAt: '2026-10-25T05:00:00.000Z' })
    expect(before.regular).toEqual([{ weekday: 7, from: '06:00', to: '24:00' }])
  })

  it('give way to exceptions, closings first', () => {
    const exceptional = {
      ...weekdays,
      exceptional_openings: [{ period_begin: '2026-11-21T09:00:00Z', period_end: '2026-11-21T15:00:00Z' }],
      exceptional_closings: [{ period_begin: '2026-11-21T12:00:00Z', period_end: '2026-11-21T13:00:00Z' }],
    }
    const open = openingOf(exceptional, BERLIN, at('2026-11-21T10:00:00Z'))
    expect(open).toMatchObject({ openNow: true, changesAt: '2026-11-21T12:00:00.000Z' })
    expect(openingOf(exceptional, BERLIN, at('2026-11-21T12:30:00Z')).openNow).toBe(false)
  })

  it('nobody told are not known, which is not always', () => {
    expect(openingOf(undefined, BERLIN, 0)).toMatchObject({ openNow: null, always: false })
    expect(openingOf(weekdays, undefined, 0)).toMatchObject({ openNow: null })
    expect(openingOf({ twentyfourseven: true }, undefined, 0)).toMatchObject({
      openNow: true,
      changesAt: null,
    })
  })
})
