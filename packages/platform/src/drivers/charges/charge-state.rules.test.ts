import { describe, expect, it } from 'vitest'
import { type ChargeFacts, stateOfCharge } from './charge-state.rules.js'

const ASKED = '2026-03-01T10:00:00.000Z'
const after = (minutes: number): number => Date.parse(ASKED) + minutes * 60_000

const facts = (change: Partial<ChargeFacts> = {}): ChargeFacts => ({
  charge: { askedAt: ASKED, failure: null, stop: null },
  command: undefined,
  stopCommand: undefined,
  session: undefined,
  hasCdr: false,
  nowMs: after(0),
  ...change,
})

const command = (
  state: 'PENDING' | 'ACCEPTED' | 'DONE' | 'REFUSED' | 'TIMEOUT' | 'FAILED',
  change: object = {},
) => ({
  ...{ state, response: 'ACCEPTED', result: null, finishedAt: null },
  ...change,
})

const stated = (change: Partial<ChargeFacts>) => {
  const { state, reason } = stateOfCharge(facts(change))
  return [state, reason]
}

describe('a start', () => {
  it.each([
    ['that is under way is asked', command('PENDING', { response: null }), 'asked', null],
    ['that the operator takes is accepted', command('ACCEPTED'), 'accepted', null],
    ['that the station takes is accepted', command('DONE', { result: 'ACCEPTED' }), 'accepted', null],
    ['that the operator refuses', command('REFUSED', { response: 'REJECTED' }), 'refused', 'rejected'],
    ['that is not supported', command('REFUSED', { response: 'NOT_SUPPORTED' }), 'refused', 'not_supported'],
    ['at a taken plug', command('DONE', { result: 'EVSE_OCCUPIED' }), 'refused', 'evse_occupied'],
    ['at a broken station', command('DONE', { result: 'EVSE_INOPERATIVE' }), 'refused', 'evse_inoperative'],
    ['that the station cannot do', command('DONE', { result: 'FAILED' }), 'failed', 'station_failed'],
    [
      'that the station does not answer',
      command('DONE', { result: 'TIMEOUT' }),
      'timed_out',
      'station_timeout',
    ],
    ['without a result', command('TIMEOUT'), 'timed_out', 'no_result'],
    ['without any answer', command('FAILED', { response: null }), 'failed', 'no_answer'],
  ])('%s', (_what, given, state, reason) => {
    expect(stated({ command: given })).toEqual([state, reason])
  })

  it.each([
    [{ status: 404 }, 'place_unknown'],
    [{ status: 409 }, 'not_connected'],
    [{ status: 409, type: 'party-away' }, 'operator_away'],
    [{ status: 422 }, 'not_possible'],
    [{ status: 500 }, 'not_sent'],
  ])('that was not sent because of %j says so', (failure, reason) => {
    expect(stated({ charge: { askedAt: ASKED, failure, stop: null } })).toEqual(['failed', reason])
  })

  it('that a node lost before it was sent does not stay asked for ever', () => {
    expect(stated({})).toEqual(['asked', null])
    expect(stated({ nowMs: after(2) })).toEqual(['failed', 'not_sent'])
  })

  it('that was accepted and of which nothing came is given up after half an hour', () => {
    const given = command('DONE', { result: 'ACCEPTED', finishedAt: ASKED })
    expect(stated({ command: given, nowMs: after(29) })).toEqual(['accepted', null])
    expect(stated({ command: given, nowMs: after(31) })).toEqual(['timed_out', 'no_session'])
  })
})

describe('a session', () => {
  it.each([
    ['PENDING', 'waiting_for_cable', null],
    ['ACTIVE', 'charging', null],
    ['COMPLETED', 'ended', null],
    ['INVALID', 'failed', 'session_invalid'],
    ['RESERVATION', 'accepted', null],
  ])('that is %s', (status, state, reason) => {
    expect(stated({ session: { status } })).toEqual([state, reason])
  })

  it('that comes after its command timed out counts, with a note', () => {
    expect(stated({ command: command('TIMEOUT'), session: { status: 'ACTIVE' } })).toEqual([
      'charging',
      'late_session',
    ])
  })

  it('whose last period is parking is paused', () => {
    const period = (dimensions: readonly object[]) => ({
      status: 'ACTIVE',
      charging_periods: [{ dimensions }],
    })
    const parking = { type: 'PARKING_TIME', volume: 0.2 }
    expect(stated({ session: period([parking]) })[0]).toBe('paused')
    expect(stated({ session: period([parking, { type: 'ENERGY', volume: 1 }]) })[0]).toBe('charging')
  })

  it('with a CDR has a receipt, whatever its state', () => {
    expect(stated({ session: { status: 'ACTIVE' }, hasCdr: true })).toEqual(['receipt', null])
  })
})

describe('a stop', () => {
  const stopped = (stopCommand: ChargeFacts['stopCommand'], failure: unknown = null) =>
    stated({
      charge: { askedAt: ASKED, failure: null, stop: { asked_at: ASKED, failure } },
      stopCommand,
      session: { status: 'ACTIVE' },
    })
  it.each([
    ['that is under way', command('ACCEPTED'), 'stopping', null],
    ['that the station takes', command('DONE', { result: 'ACCEPTED' }), 'stopping', 'stop_accepted'],
    [
      'that is refused leaves it charging',
      command('REFUSED', { response: 'REJECTED' }),
      'charging',
      'stop_refused',
    ],
    ['that the station refuses', command('DONE', { result: 'REJECTED' }), 'charging', 'stop_refused'],
    ['without a result', command('TIMEOUT'), 'charging', 'stop_no_result'],
  ])('%s', (_what, given, state, reason) => {
    expect(stopped(given)).toEqual([state, reason])
  })

  it('that could not be sent says so', () => {
    expect(stopped(undefined, { status: 409 })).toEqual(['charging', 'stop_not_sent'])
  })
})
