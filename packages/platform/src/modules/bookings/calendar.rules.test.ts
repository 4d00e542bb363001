import type { ocpi230 } from '@interwatt/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookedSlot, calendarFaults, giveBack, takeFrom, withoutHeld } from './calendar.rules.js'
import { type Span, spanOf } from './spans.js'

const at = '2026-03-01T00:00:00.000Z'
const MINUTE_MS = 60_000
const midnight = Date.parse('2026-03-02T00:00:00Z')
const span = (from: number, to: number): Span => ({
  fromMs: midnight + from * MINUTE_MS,
  toMs: midnight + to * MINUTE_MS,
})
const slot = (from: number, to: number, more: object = {}): ocpi230.Timeslot => ({
  start_date_time: new Date(span(from, to).fromMs).toISOString(),
  end_date_time: new Date(span(from, to).toMs).toISOString(),
  ...more,
})
const calendar = (slots: ocpi230.Timeslot[], more: Partial<ocpi230.Calendar> = {}): ocpi230.Calendar => ({
  id: 'C1',
  begin_from: '2026-03-02T00:00:00.000Z',
  end_before: '2026-03-03T00:00:00.000Z',
  available_timeslots: slots,
  last_updated: at,
  ...more,
})
const take = (calendars: ocpi230.Calendar[], from: number, to: number) =>
  takeFrom(calendars, span(from, to), { at, steps: true })

describe('takeFrom', () => {
  it('splits a timeslot and says what it took', () => {
    const taking = take([calendar([slot(0, 120, { max_power: 5 })])], 30, 60)
    expect(taking).toMatchObject({
      calendars: [{ available_timeslots: [slot(0, 30, { max_power: 5 }), slot(60, 120, { max_power: 5 })] }],
      taken: { id: 'C1', available_timeslots: [slot(30, 60, { max_power: 5 })] },
    })
  })

  it('leaves a calendar out that has nothing free any more (BKG-018)', () => {
    expect(take([calendar([slot(0, 60)])], 0, 60)).toMatchObject({ calendars: [] })
  })

  it('goes over timeslots that touch, and never over a gap or two calendars', () => {
    const touching = calendar([slot(0, 60), slot(60, 120, { max_power: 5 })])
    expect(take([touching], 30, 90)).toMatchObject({ taken: { available_timeslots: { length: 2 } } })
    expect(take([calendar([slot(0, 60), slot(61, 120)])], 30, 90)).toBe('not_free')
    expect(take([calendar([slot(0, 60)]), calendar([slot(60, 120)], { id: 'C2' })], 30, 90)).toBe('not_free')
  })

  it('keeps to the steps of the calendar, counted from where free time begins (BKG-028)', () => {
    const stepped = [calendar([slot(15, 135)], { timeslot_increment: 30 })]
    expect(take(stepped, 45, 105)).toMatchObject({ calendars: [{ id: 'C1' }] })
    expect(take(stepped, 40, 100)).toBe('not_in_steps')
    expect(take(stepped, 45, 100)).toBe('not_in_steps')
  })

  it('gives back what it took, whatever is taken in between, exactly (property)', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 24 }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(cuts, fc.boolean(), (points, otherFirst) => {
        const [a = 0, b = 0, c = 0, d = 0] = [...points].sort((x, y) => x - y).map((each) => each * 60)
        const whole = [calendar([slot(0, 24 * 60, { max_power: 7 })])]
        const first = take(whole, a, b)
        if (typeof first === 'string') throw new Error(first)
        const second = takeFrom(first.calendars, span(c, d), { at, steps: true })
        if (typeof second === 'string') throw new Error(second)
        const order = otherFirst ? [second.taken, first.taken] : [first.taken, second.taken]
        const back = order.reduce((rest, taken) => giveBack(rest, taken, at), second.calendars)
        expect(back).toEqual(whole)
      }),
    )
  })
})

describe('giveBack', () => {
  it('offers nothing twice that the back end offers again by itself', () => {
    const taking = take([calendar([slot(0, 120)])], 30, 60)
    if (typeof taking === 'string') throw new Error(taking)
    expect(giveBack([calendar([slot(0, 120)])], taking.taken, at)).toEqual([calendar([slot(0, 120)])])
  })
})

it('withoutHeld leaves out what bookings hold, across slots (BKG-029)', () => {
  const free = withoutHeld([calendar([slot(0, 60), slot(60, 120)])], [span(30, 90)])
  expect(free).toEqual([calendar([slot(0, 30), slot(90, 120)])])
  expect(withoutHeld([calendar([slot(0, 60)])], [span(-10, 70)])).toEqual([])
})

it('bookedSlot promises the least of its timeslots, and nothing one of them leaves open', () => {
  const slots = [
    slot(0, 60, { min_power: 5, max_power: 20, green_energy_support: true }),
    slot(60, 120, { min_power: 7, max_power: 11, green_energy_support: false }),
  ]
  const expected = { min_power: 5, max_power: 11, green_energy_support: false }
  expect(bookedSlot(slots, span(0, 120))).toEqual(slot(0, 120, expected))
  expect(bookedSlot([...slots, slot(120, 180)], span(0, 180))).toEqual(slot(0, 180))
  expect(spanOf(bookedSlot([], span(0, 1)))).toEqual(span(0, 1))
})

it('calendarFaults names every fault of an own calendar (BKG-017, BKG-018)', () => {
  expect(calendarFaults([calendar([slot(0, 60), slot(60, 120)])])).toEqual([])
  expect(calendarFaults([calendar([slot(0, 60), slot(30, 90)])])).toEqual([expect.stringMatching(/overlaps/)])
  expect(calendarFaults([calendar([slot(-1, 60)])])).toEqual([expect.stringMatching(/outside/)])
  expect(calendarFaults([calendar([])])).toEqual([expect.stringMatching(/leave it out/)])
  const stepped = calendar([slot(0, 45)], { timeslot_increment: 30 })
  expect(calendarFaults([stepped])).toEqual([expect.stringMatching(/multiple/)])
  expect(calendarFaults([calendar([slot(0, 60)]), calendar([slot(0, 60)], { id: 'c1' })])).toEqual([
    expect.stringMatching(/twice/),
  ])
})
