import { describe, expect, it } from 'vitest'
import { type ReservationFacts, stateOfReservation } from './reservation-state.rules.js'

const ASKED = '2026-03-01T10:00:00.000Z'
const after = (minutes: number): number => Date.parse(ASKED) + minutes * 60_000

const stated = (change: Partial<ReservationFacts> = {}, reservation: object = {}) => {
  const { state, reason } = stateOfReservation({
    reservation: {
      ...{ askedAt: ASKED, expiresAt: new Date(after(30)).toISOString(), failure: null, cancel: null },
      ...reservation,
    },
    ...{ command: undefined, cancelCommand: undefined, isUsed: false, nowMs: after(0) },
    ...change,
  })
  return [state, reason]
}

const done = (result: string) => ({ state: 'DONE' as const, response: 'ACCEPTED', result })

describe('a reservation', () => {
  it.each([
    [
      'is asked until the station answers',
      { state: 'ACCEPTED' as const, response: 'ACCEPTED', result: null },
      'asked',
      null,
    ],
    ['holds when the station accepts', done('ACCEPTED'), 'reserved', null],
    ['is refused at a taken plug', done('EVSE_OCCUPIED'), 'refused', 'evse_occupied'],
    [
      'is refused by the operator',
      { state: 'REFUSED' as const, response: 'REJECTED', result: null },
      'refused',
      'rejected',
    ],
    ['is cancelled by the operator', done('CANCELED_RESERVATION'), 'cancelled', 'cancelled_by_operator'],
    [
      'ends without an answer',
      { state: 'TIMEOUT' as const, response: null, result: null },
      'timed_out',
      'no_answer',
    ],
  ])('%s', (_what, command, state, reason) => {
    expect(stated({ command })).toEqual([state, reason])
  })

  it('expires at its time, unless charging began', () => {
    const command = done('ACCEPTED')
    expect(stated({ command, nowMs: after(29) })).toEqual(['reserved', null])
    expect(stated({ command, nowMs: after(31) })).toEqual(['expired', null])
    expect(stated({ command, nowMs: after(31), isUsed: true })).toEqual(['used', null])
  })

  it.each([
    ['that is under way', undefined, 'cancelling', null],
    ['that is accepted', done('ACCEPTED'), 'cancelled', null],
    ['that is refused leaves it', done('REJECTED'), 'reserved', 'cancel_refused'],
  ])('a cancellation %s', (_what, cancelCommand, state, reason) => {
    expect(stated({ command: done('ACCEPTED'), cancelCommand }, { cancel: { asked_at: ASKED } })).toEqual([
      state,
      reason,
    ])
  })

  it('that was not sent says why', () => {
    expect(stated({}, { failure: { status: 422 } })).toEqual(['failed', 'not_reservable'])
    expect(stated({ nowMs: after(2) })).toEqual(['failed', 'not_sent'])
  })
})
