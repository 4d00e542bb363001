import { contentEquals, foldCase, type ocpi230 } from '@interwatt/protocol'
import { overlapOf, type Span, spanOf, timesOf, without } from './spans.js'

type Calendar = ocpi230.Calendar
type Timeslot = ocpi230.Timeslot

const MINUTE_MS = 60_000

const slotsOf = (calendar: Calendar): readonly Timeslot[] => calendar.available_timeslots ?? []

const cut = (slot: Timeslot, span: Span): Timeslot => ({ ...slot, ...timesOf(span) })

/** The parts of timeslots that lie within a span. */
export const partsIn = (slots: readonly Timeslot[], span: Span): readonly Timeslot[] =>
  slots.flatMap((slot) => {
    const part = overlapOf(spanOf(slot), span)
    return part === undefined ? [] : [cut(slot, part)]
  })

const power = ({ start_date_time: _start, end_date_time: _end, ...rest }: Timeslot): object => rest

/** Timeslots in order, those joined that touch and promise the same. */
const joined = (slots: readonly Timeslot[]): Timeslot[] => {
  const done: Timeslot[] = []
  for (const slot of [...slots].sort((a, b) => spanOf(a).fromMs - spanOf(b).fromMs)) {
    const last = done.at(-1)
    const touches = last !== undefined && spanOf(last).toMs === spanOf(slot).fromMs
    if (last !== undefined && touches && contentEquals(power(last), power(slot)))
      done[done.length - 1] = { ...last, end_date_time: slot.end_date_time }
    else done.push(slot)
  }
  return done
}

/** What was taken out of a calendar: its fields, and the parts of its timeslots. */
export type Taken = Calendar

/** Calendars without what a booking takes, and what that is. */
export interface Taking {
  readonly calendars: readonly Calendar[]
  readonly taken: Taken
}

const minus = (slots: readonly Timeslot[], span: Span): Timeslot[] =>
  slots.flatMap((slot) => without(spanOf(slot), [span]).map((rest) => cut(slot, rest)))

/** A calendar whose last timeslot is gone is left out: its list may not be empty (BKG-018). */
const changed = (calendar: Calendar, slots: Timeslot[], at: string): readonly Calendar[] =>
  slots.length === 0 ? [] : [{ ...calendar, available_timeslots: slots, last_updated: at }]

const lengthOf = (slots: readonly Timeslot[]): number =>
  slots.reduce((sum, slot) => sum + spanOf(slot).toMs - spanOf(slot).fromMs, 0)

/** Whether the booking keeps to the steps of the calendar, counted from where its free time begins (BKG-028). */
const inSteps = ({ timeslot_increment: step }: Calendar, free: readonly Timeslot[], span: Span): boolean => {
  if (step === undefined || step <= 0) return true
  const begin = free.map(spanOf).find((slot) => slot.fromMs <= span.fromMs && span.fromMs < slot.toMs)
  const stepMs = step * MINUTE_MS
  const offset = begin === undefined ? 0 : (span.fromMs - begin.fromMs) % stepMs
  return offset === 0 && (span.toMs - span.fromMs) % stepMs === 0
}

/** Takes a span out of the calendar that has it free from begin to end; or why there is none (BKG-028). */
export const takeFrom = (
  calendars: readonly Calendar[],
  span: Span,
  options: { readonly at: string; readonly steps: boolean },
): Taking | 'not_free' | 'not_in_steps' => {
  const whole = span.toMs - span.fromMs
  const having = calendars.filter(
    (calendar) => lengthOf(partsIn(slotsOf(calendar), span)) === whole && whole > 0,
  )
  const found = having.find(
    (calendar) => !options.steps || inSteps(calendar, joined(slotsOf(calendar)), span),
  )
  if (found === undefined) return having.length === 0 ? 'not_free' : 'not_in_steps'
  const parts = [...partsIn(slotsOf(found), span)]
  return {
    taken: { ...found, available_timeslots: parts },
    calendars: calendars.flatMap((calendar) =>
      calendar === found ? changed(calendar, minus(slotsOf(calendar), span), options.at) : [calendar],
    ),
  }
}

/** Gives time back to the calendar it was taken from, which appears again if it had no time left. */
export const giveBack = (calendars: readonly Calendar[], taken: Taken, at: string): readonly Calendar[] => {
  const parts = slotsOf(taken)
  if (parts.length === 0) return calendars
  const known = calendars.find(({ id }) => id === taken.id)
  if (known === undefined) return [...calendars, { ...taken, last_updated: at }]
  // Time the back end offers again by itself is not offered twice.
  const missing = parts.flatMap((part) =>
    without(spanOf(part), slotsOf(known).map(spanOf)).map((rest) => cut(part, rest)),
  )
  const slots = joined([...slotsOf(known), ...missing])
  return calendars.map((each) =>
    each === known ? { ...known, available_timeslots: slots, last_updated: at } : each,
  )
}

/** Calendars without what is held, for a back end that writes them as if nothing were booked. */
export const withoutHeld = (calendars: readonly Calendar[], held: readonly Span[]): readonly Calendar[] =>
  calendars.flatMap((calendar) => {
    const slots = held.reduce((rest, span) => minus(rest, span), [...slotsOf(calendar)])
    return changed(calendar, slots, calendar.last_updated)
  })

/** The timeslot of a booking: the least of what the timeslots it lies in promise. */
export const bookedSlot = (taken: readonly Timeslot[], span: Span): Timeslot => {
  const least = (field: 'min_power' | 'max_power'): object => {
    const values = taken.map((slot) => slot[field]).filter((value) => value !== undefined)
    return values.length < taken.length || values.length === 0 ? {} : { [field]: Math.min(...values) }
  }
  const green = taken.map((slot) => slot.green_energy_support)
  const says =
    green.includes(undefined) || green.length === 0 ? {} : { green_energy_support: !green.includes(false) }
  return { ...timesOf(span), ...least('min_power'), ...least('max_power'), ...says }
}

const faultsOfSlot = (calendar: Calendar, slot: Span, previous: Span | undefined): readonly string[] => {
  const stepMs = (calendar.timeslot_increment ?? 0) * MINUTE_MS
  return [
    ...(slot.fromMs < slot.toMs ? [] : ['ends before it begins']),
    ...(slot.fromMs >= Date.parse(calendar.begin_from) && slot.toMs <= Date.parse(calendar.end_before)
      ? []
      : ['lies outside the calendar']),
    ...(stepMs <= 0 || (slot.toMs - slot.fromMs) % stepMs === 0
      ? []
      : ['is no multiple of timeslot_increment']),
    ...(previous !== undefined && overlapOf(previous, slot) ? ['overlaps another'] : []),
  ]
}

const faultsOfCalendar = (calendar: Calendar): readonly string[] => {
  const name = `calendar ${calendar.id}`
  const inTime = Date.parse(calendar.begin_from) < Date.parse(calendar.end_before)
  const slots = slotsOf(calendar)
    .map(spanOf)
    .sort((a, b) => a.fromMs - b.fromMs)
  return [
    ...(inTime ? [] : [`${name} ends before it begins`]),
    ...(slots.length > 0 ? [] : [`${name} has no timeslot; leave it out instead`]),
    ...slots.flatMap((slot, index) =>
      faultsOfSlot(calendar, slot, slots[index - 1]).map(
        (fault) => `the timeslot of ${name} that begins ${timesOf(slot).start_date_time} ${fault}`,
      ),
    ),
  ]
}

/** What is wrong with the calendars of an own booking location (BKG-017, BKG-018). */
export const calendarFaults = (calendars: readonly Calendar[]): readonly string[] => {
  const seen = new Set<string>()
  const repeated = calendars.filter(({ id }) => {
    const known = seen.has(foldCase(id))
    seen.add(foldCase(id))
    return known
  })
  return [
    ...repeated.map(({ id }) => `calendar ${id} is listed twice`),
    ...calendars.flatMap(faultsOfCalendar),
  ]
}
