import type { AuthorizationRecord, Command, MessageFacts } from '@interwatt/store'
import { describe, expect, it, test } from 'vitest'
import { explainProblem } from './explain-problem.js'
import { explain, startRules } from './start.rules.js'
import { START_CODES, type StartCode } from './start-codes.js'
import type { ReceiptFacts, SessionFacts, StartFacts } from './start-facts.js'
import { driverWords, LANGUAGES } from './words.js'

const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 1, 10, 0, seconds)).toISOString()

const command = (change: Partial<Command> = {}): Command => ({
  id: 'cmd',
  direction: 'sent',
  type: 'START_SESSION',
  partnerId: 'p1',
  party: { countryCode: 'DE', partyId: 'ABC' },
  request: { location_id: 'LOC1', evse_uid: 'E1' },
  responseUrl: null,
  responseTokenHash: null,
  state: 'DONE',
  response: 'ACCEPTED',
  result: 'ACCEPTED',
  message: null,
  deadline: at(30),
  sessionId: null,
  correlationId: 'cc',
  createdAt: at(1),
  finishedAt: at(4),
  ...change,
})

const decision = (change: Partial<AuthorizationRecord> = {}): AuthorizationRecord => ({
  id: 'a1',
  at: at(5),
  direction: 'asked',
  partnerId: 'p1',
  tokenUid: '04AA',
  tokenType: 'RFID',
  allowed: 'NOT_ALLOWED',
  reason: 'realtime',
  durationMs: 9,
  authorizationReference: null,
  locationId: 'LOC1',
  ...change,
})

const session = (change: Partial<SessionFacts> = {}): SessionFacts => ({
  id: 's1',
  status: 'ACTIVE',
  kwh: 3,
  statuses: ['PENDING', 'ACTIVE'],
  heardAt: at(5),
  endHeardAt: null,
  messages: [7],
  ...change,
})
const over = (change: Partial<SessionFacts> = {}): SessionFacts =>
  session({
    status: 'COMPLETED',
    statuses: ['PENDING', 'ACTIVE', 'COMPLETED'],
    endHeardAt: at(300),
    ...change,
  })
const receipt = (outcome: ReceiptFacts['outcome']): ReceiptFacts => ({
  ...{ id: 'c1', outcome, codes: outcome === 'differs' ? ['energy_cost_differs'] : [], messages: [9] },
})

const facts = (change: Partial<StartFacts> = {}): StartFacts => ({
  command: command(),
  decision: undefined,
  partnerName: 'Charging Ltd',
  otherTypes: [],
  session: undefined,
  receipt: undefined,
  stops: [],
  statuses: [],
  messages: [],
  nowMs: Date.parse(at(10)),
  ...change,
})
const told = (status: string, seconds = 0) => [{ at: at(seconds), status, message: 3 }]
const refused = (change: Partial<Command>) => command({ state: 'REFUSED', result: null, ...change })
const failed = (message: string) => command({ state: 'FAILED', response: null, result: null, message })
const sent = (change: Partial<MessageFacts>): MessageFacts => ({
  id: 5,
  at: at(1),
  direction: 'out',
  partnerId: 'p1',
  partnerName: 'Charging Ltd',
  method: 'POST',
  origin: null,
  path: '/x',
  version: '2.3.0',
  module: 'commands',
  side: 'RECEIVER',
  operation: 'commands.receiver.startSession',
  object: null,
  httpStatus: null,
  statusCode: null,
  outcome: 'failed',
  failure: null,
  durationMs: 1,
  requestId: 'r',
  correlationId: 'cc',
  attempt: 1,
  findings: [],
  requestBytes: 0,
  responseBytes: 0,
  ...change,
})
const stop = command({ id: 'stop', type: 'STOP_SESSION', request: { session_id: 's1' } })
const tapped = (change: Partial<AuthorizationRecord>): Partial<StartFacts> => ({
  command: undefined,
  decision: decision(change),
})

const TABLE: readonly (readonly [what: string, code: StartCode, change: Partial<StartFacts>])[] = [
  [
    'a command without an answer yet',
    'sending',
    { command: command({ state: 'PENDING', response: null, result: null }) },
  ],
  [
    'an accepted command',
    'asked',
    { command: command({ state: 'ACCEPTED', result: null, finishedAt: null }) },
  ],
  ['a good result, and no session for a moment', 'session_awaited', {}],
  ['a good result, and no session at all', 'no_session', { nowMs: Date.parse(at(40)) }],
  ['a session that waits', 'waiting_for_cable', { session: session({ status: 'PENDING', kwh: 0 }) }],
  ['a session that runs', 'charging', { session: session() }],
  [
    'a session although no result came',
    'charging_without_result',
    { command: command({ state: 'TIMEOUT', result: null }), session: session() },
  ],
  [
    'a session although the charger was silent',
    'charging_without_result',
    { command: command({ result: 'TIMEOUT' }), session: session() },
  ],
  [
    'a session although the answer was lost',
    'charging_without_result',
    { command: failed('The partner did not answer'), session: session() },
  ],
  ['a session long after the result', 'session_late', { session: session({ heardAt: at(20) }) }],
  ['a session that is over and billed', 'charged', { session: over(), receipt: receipt('agrees') }],
  ['a session that is over and not billed', 'receipt_awaited', { session: over() }],
  ['a bill that differs', 'price_differs', { session: over(), receipt: receipt('differs') }],
  ['an end when the EVSE failed', 'broken_off', { session: over(), statuses: told('OUTOFORDER', 301) }],
  [
    'an end long before the EVSE failed',
    'receipt_awaited',
    { session: over(), statuses: told('OUTOFORDER', 900) },
  ],
  [
    'an end somebody asked for, although the EVSE failed',
    'receipt_awaited',
    { session: over(), stops: [stop], statuses: told('OUTOFORDER', 301) },
  ],
  [
    'a session that never was active',
    'cable_not_plugged',
    { session: over({ status: 'INVALID', statuses: ['PENDING', 'INVALID'], kwh: 0 }) },
  ],
  ['a session without energy', 'car_took_nothing', { session: over({ kwh: 0 }) }],
  [
    'words about a car that refuses',
    'car_took_nothing',
    { command: command({ result: 'FAILED', message: [{ language: 'en', text: 'EVCommunicationError' }] }) },
  ],
  [
    'words about a lock',
    'connector_lock',
    { command: command({ result: 'FAILED', message: [{ language: 'en', text: 'ConnectorLockFailure' }] }) },
  ],
  [
    'a result that it does not work',
    'evse_out_of_order',
    { command: command({ result: 'EVSE_INOPERATIVE' }) },
  ],
  [
    'a refusal by an EVSE known as broken',
    'evse_out_of_order',
    { command: refused({ response: 'REJECTED' }), statuses: told('OUTOFORDER') },
  ],
  [
    'an EVSE known as blocked',
    'evse_blocked',
    { command: command({ result: 'EVSE_OCCUPIED' }), statuses: told('BLOCKED') },
  ],
  [
    'an EVSE known as reserved',
    'evse_reserved',
    { command: command({ result: 'EVSE_OCCUPIED' }), statuses: told('RESERVED') },
  ],
  [
    'an EVSE in use',
    'evse_occupied',
    { command: command({ result: 'EVSE_OCCUPIED' }), statuses: told('CHARGING') },
  ],
  [
    'an EVSE in use of which nothing was told',
    'evse_occupied',
    { command: command({ result: 'EVSE_OCCUPIED' }) },
  ],
  [
    'a status that was told only later',
    'evse_occupied',
    { command: command({ result: 'EVSE_OCCUPIED' }), statuses: told('BLOCKED', 60) },
  ],
  ['a charger that says no', 'charger_rejected', { command: command({ result: 'REJECTED' }) }],
  ['a charger that fails', 'charger_failed', { command: command({ result: 'FAILED' }) }],
  ['a charger that is silent', 'charger_offline', { command: command({ result: 'TIMEOUT' }) }],
  ['no result', 'no_result', { command: command({ state: 'TIMEOUT', result: null }) }],
  ['what a charger cannot do', 'not_supported', { command: refused({ response: 'NOT_SUPPORTED' }) }],
  ['a platform that says no', 'operator_refused', { command: refused({ response: 'REJECTED' }) }],
  ['an unknown reservation', 'unknown_reservation', { command: command({ result: 'UNKNOWN_RESERVATION' }) }],
  [
    'a reservation that is not cancelled',
    'unknown_reservation',
    { command: refused({ type: 'CANCEL_RESERVATION', response: 'REJECTED' }) },
  ],
  [
    'a reservation that the station gave up',
    'reservation_lost',
    { command: command({ type: 'RESERVE_NOW', result: 'CANCELED_RESERVATION' }) },
  ],
  ['a reservation', 'reserved', { command: command({ type: 'RESERVE_NOW' }) }],
  ['a cancelled reservation', 'reservation_ended', { command: command({ type: 'CANCEL_RESERVATION' }) }],
  ['a stop', 'stopped', { command: stop, session: session() }],
  [
    'a stop that was refused',
    'stop_refused',
    { command: command({ ...stop, result: 'REJECTED' }), session: session() },
  ],
  [
    'a stop of what is not known',
    'unknown_session',
    { command: refused({ type: 'STOP_SESSION', response: 'UNKNOWN_SESSION' }) },
  ],
  ['an unlocked connector', 'unlocked', { command: command({ type: 'UNLOCK_CONNECTOR' }) }],
  ['no connection', 'partner_unreachable', { command: failed('The partner connect ECONNREFUSED') }],
  [
    'no answer in time, as recorded',
    'partner_slow',
    { command: failed('x'), messages: [sent({ outcome: 'timeout' })] },
  ],
  [
    'no answer in time, not recorded',
    'partner_slow',
    { command: failed('The partner no answer within 30000 ms') },
  ],
  ['HTTP 503, as recorded', 'partner_error', { command: failed('x'), messages: [sent({ httpStatus: 503 })] }],
  ['HTTP 503, not recorded', 'partner_error', { command: failed('The partner HTTP 503') }],
  [
    'status 3000',
    'partner_error',
    { command: failed('x'), messages: [sent({ httpStatus: 200, statusCode: 3000, outcome: 'refused' })] },
  ],
  [
    'status 2000',
    'request_refused',
    { command: failed('The partner answered HTTP 200 with status code 2000: no') },
  ],
  [
    'an answer that is none',
    'partner_unclear',
    { command: failed('x'), messages: [sent({ httpStatus: 200, statusCode: 1000, outcome: 'ok' })] },
  ],
  ['an allowed card', 'card_allowed', tapped({ allowed: 'ALLOWED' })],
  ['an allowed card that charges', 'charging', { ...tapped({ allowed: 'ALLOWED' }), session: session() }],
  ['an unknown card', 'token_unknown', tapped({ reason: 'unknown_token', partnerId: null })],
  [
    'a card asked about as another type',
    'token_wrong_type',
    { ...tapped({ reason: 'unknown_token' }), otherTypes: ['APP_USER'] },
  ],
  ['a blocked card', 'token_blocked', tapped({ allowed: 'BLOCKED', reason: 'whitelist_always_invalid' })],
  ['an expired card', 'token_expired', tapped({ allowed: 'EXPIRED' })],
  ['a card without credit', 'no_credit', tapped({ allowed: 'NO_CREDIT' })],
  ['a card not for here', 'token_not_allowed', tapped({})],
  ['an eMSP that is silent', 'emsp_no_answer', tapped({ reason: 'whitelist_never_offline' })],
  ['a place booked by others', 'evse_booked', tapped({ reason: 'booked_by_others' })],
]

describe('why a charge did not start, or did', () => {
  test.each(TABLE)('%s is %s', (_what, code, change) => {
    const explained = explain(facts(change))
    expect(explained.code).toBe(code)
    expect(explained.support).toMatch(/^[A-Z].*\.$/s)
    expect(explained.support).not.toMatch(/undefined|null|NaN/)
  })

  it('has a case in this table for every code but those of commands that were never sent', () => {
    const named = new Set(TABLE.map(([, code]) => code))
    const missing = Object.keys(START_CODES).filter((code) => !named.has(code as StartCode))
    expect(missing.sort()).toEqual(['invalid_request', 'partner_not_connected', 'place_unknown'])
  })

  it('has a last rule that always holds, so that nothing is left unexplained', () => {
    for (const change of [{}, { command: undefined, decision: decision() }]) {
      const given = facts(change)
      expect(startRules(given).at(-1)?.holds(given)).toBe(true)
    }
  })

  it('names what shows it: command, session, messages, and the words of the operator', () => {
    const shown = explain(
      facts({
        command: command({ result: 'EVSE_OCCUPIED', message: [{ language: 'en', text: 'Bay 4 is full' }] }),
        statuses: told('BLOCKED'),
        messages: [sent({ id: 5 })],
      }),
    )
    expect(shown.operatorWords).toBe('Bay 4 is full')
    expect(shown.support).toContain('Bay 4 is full')
    expect(shown.evidence).toMatchObject({ commandId: 'cmd', authorizationId: null, messages: [3, 5] })
  })
})

describe('what drivers read', () => {
  test.each(LANGUAGES)('is there for every code in %s, in whole sentences', (language) => {
    for (const code of Object.keys(START_CODES) as StartCode[]) {
      const { text, whatToDo } = driverWords(code)
      for (const said of [text[language], whatToDo[language]]) expect(said).toMatch(/^\p{Lu}.+\.$/u)
    }
  })

  it('is another text in each language', () => {
    for (const code of Object.keys(START_CODES) as StartCode[])
      expect(new Set(Object.values(driverWords(code).text)).size).toBe(LANGUAGES.length)
  })
})

describe('a command that was never sent', () => {
  test.each([
    [
      422,
      'The token may not charge there',
      'BLOCKED: The token is marked invalid. (CMD-064)',
      'token_blocked',
    ],
    [422, 'The token may not charge there', 'NO_CREDIT: A rule says so. (CMD-064)', 'no_credit'],
    [422, 'Not an own token', 'DE*XYZ is not ours.', 'token_unknown'],
    [404, 'Unknown EVSE', 'The location has no EVSE 1.', 'place_unknown'],
    [422, 'Not possible here', 'EVSE 1 is not RESERVABLE.', 'not_supported'],
    [409, 'The partner is not connected', 'A is SUSPENDED.', 'partner_not_connected'],
    [409, 'The party is away', 'Nothing was sent.', 'partner_not_connected'],
    [422, 'The command is not valid', '/token is missing', 'invalid_request'],
  ] as const)('with the problem %i %s (%s) is %s', (status, title, detail, code) => {
    const explained = explainProblem({ status, title, detail })
    expect(explained).toMatchObject({
      code,
      state: 'failed',
      support: expect.stringContaining(detail.replace(/\.$/, '')),
    })
  })
})
