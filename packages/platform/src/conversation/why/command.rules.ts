import type { Command } from '@interwatt/store'
import type { StartRule } from './start.rules.js'
import { BROKEN, between, deliveryOf, operatorWords, type StartFacts, statusAt } from './start-facts.js'

type Holds = StartRule['holds']

const ofCommand =
  (holds: (command: Command, facts: StartFacts) => boolean): Holds =>
  (facts) =>
    facts.command !== undefined && holds(facts.command, facts)

/** The answer or the result is one of these. */
const said = (...results: readonly string[]): Holds =>
  ofCommand(({ response, result, state }) =>
    results.includes(state === 'REFUSED' ? (response ?? '') : (result ?? '')),
  )
const all =
  (...conditions: readonly Holds[]): Holds =>
  (facts) =>
    conditions.every((holds) => holds(facts))
const type = (...types: readonly Command['type'][]): Holds =>
  ofCommand((command) => types.includes(command.type))
const failed = (holds: (delivery: ReturnType<typeof deliveryOf>, facts: StartFacts) => boolean): Holds =>
  ofCommand(({ state }, facts) => state === 'FAILED' && holds(deliveryOf(facts), facts))

/** The EVSE was told to be in one of these when the answer came. */
const wasTold = (...statuses: readonly string[]): Holds =>
  ofCommand(({ finishedAt }, facts) => statuses.includes(statusAt(facts, finishedAt)?.status ?? ''))

/** The operator's words have one of these in them, such as the error codes of OCPP. */
const inWords =
  (pattern: RegExp): Holds =>
  ({ command }) =>
    pattern.test(operatorWords(command) ?? '')

const answered = ({ command }: StartFacts): string =>
  (command?.state === 'REFUSED' ? command.response : command?.result) ?? command?.state ?? ''
const words = ({ command }: StartFacts): string => {
  const text = operatorWords(command)
  return text === null ? '' : ` The words were: "${text.replace(/\.$/, '')}".`
}
const evse = ({ command }: StartFacts): string => {
  const uid = command?.request.evse_uid
  return typeof uid === 'string' ? `EVSE ${uid}` : 'The EVSE'
}
/** A command of a partner is told with its name. */
const ask = ({ command, partnerName }: StartFacts): string =>
  `${command?.type ?? 'The command'}${command?.direction === 'received' ? ` of ${partnerName}` : ''}`
/** Who answered it. */
const who = ({ command, partnerName }: StartFacts): string =>
  command?.direction === 'received' ? 'We' : partnerName

const refusal =
  (what: (facts: StartFacts) => string): StartRule['support'] =>
  (facts) =>
    `${who(facts)} answered ${ask(facts)} with ${answered(facts)}: ${what(facts)}.${words(facts)}`
const heard = (facts: StartFacts): string => {
  const told = statusAt(facts, facts.command?.finishedAt ?? null)
  return told === undefined ? '' : `; it was last told to be ${told.status}`
}
const statusMessage = (facts: StartFacts): readonly number[] => {
  const message = statusAt(facts, facts.command?.finishedAt ?? null)?.message
  return message === null || message === undefined ? [] : [message]
}

const undelivered =
  (what: string): StartRule['support'] =>
  (facts) => {
    const { detail, httpStatus, statusCode } = deliveryOf(facts)
    const numbers = [
      ...(httpStatus === null ? [] : [`HTTP ${httpStatus}`]),
      ...(statusCode === null ? [] : [`status code ${statusCode}`]),
    ].join(', ')
    const shown = [numbers, detail].filter((text) => text !== '').join('; ')
    return `${facts.partnerName} ${what} ${ask(facts)}${shown === '' ? '' : ` (${shown})`}.`
  }

/** So long after it was accepted a charge that has not begun will not begin, in milliseconds. */
const BEGINS_WITHIN_MS = 20_000

/** On the way: before there is any end. */
const underWay: readonly StartRule[] = [
  {
    code: 'sending',
    rule: null,
    holds: ofCommand(({ state }) => state === 'PENDING'),
    support: (facts) => `${ask(facts)} is on its way.`,
  },
  {
    code: 'asked',
    rule: 'CMD-069',
    holds: ofCommand(({ state }) => state === 'ACCEPTED'),
    support: (facts) =>
      `${who(facts)} took ${ask(facts)}; its result is awaited until ${facts.command?.deadline ?? 'its deadline'}.`,
  },
]

/** It never arrived, or what came back was no answer. */
const undeliverable: readonly StartRule[] = [
  {
    code: 'partner_slow',
    rule: 'TRN-135',
    holds: failed(({ timedOut }) => timedOut),
    support: undelivered('gave no answer in time to'),
  },
  {
    code: 'request_refused',
    rule: 'TRN-034',
    holds: failed(({ statusCode }) => statusCode !== null && statusCode >= 2000 && statusCode < 3000),
    support: undelivered('refused the request of'),
  },
  {
    code: 'partner_error',
    rule: 'TRN-034',
    holds: failed(
      ({ httpStatus, statusCode }) => (httpStatus ?? 0) >= 500 || (statusCode !== null && statusCode >= 3000),
    ),
    support: undelivered('has an error of its own; it did not take'),
  },
  {
    code: 'request_refused',
    rule: 'TRN-034',
    holds: failed(({ httpStatus }) => (httpStatus ?? 0) >= 400),
    support: undelivered('refused the request of'),
  },
  {
    code: 'partner_unclear',
    rule: 'CMD-003',
    holds: failed(({ httpStatus }) => httpStatus !== null),
    support: undelivered('sent an answer that is none to'),
  },
  {
    code: 'partner_unreachable',
    rule: 'TRN-134',
    holds: failed(() => true),
    support: undelivered('could not be reached with'),
  },
]

/** What went well. */
const wentWell: readonly StartRule[] = [
  {
    code: 'stopped',
    rule: null,
    holds: all(type('STOP_SESSION'), said('ACCEPTED')),
    support: (facts) => `${who(facts)} stopped the session.`,
  },
  {
    code: 'reserved',
    rule: null,
    holds: all(type('RESERVE_NOW'), said('ACCEPTED')),
    support: (facts) => `${evse(facts)} is kept free.`,
  },
  {
    code: 'reservation_ended',
    rule: null,
    holds: all(type('CANCEL_RESERVATION'), said('ACCEPTED')),
    support: (facts) => `${who(facts)} ended the reservation.`,
  },
  {
    code: 'unlocked',
    rule: null,
    holds: all(type('UNLOCK_CONNECTOR'), said('ACCEPTED')),
    support: (facts) => `${who(facts)} unlocked the connector of ${evse(facts)}.`,
  },
  {
    code: 'session_awaited',
    rule: 'CMD-073',
    holds: ofCommand(
      ({ result, finishedAt }, { nowMs }) =>
        result === 'ACCEPTED' && between(finishedAt, new Date(nowMs).toISOString()) <= BEGINS_WITHIN_MS,
    ),
    support: (facts) => `${who(facts)} reported that the station accepted; no session has come yet.`,
  },
  {
    code: 'no_session',
    rule: 'CMD-073',
    holds: said('ACCEPTED'),
    support: (facts) =>
      `${who(facts)} reported at ${facts.command?.finishedAt ?? ''} that the station accepted, but there never was a session. Either nothing began, or updates of the session got lost.`,
  },
]

/** What was refused or failed, the most special first. */
const wentWrong: readonly StartRule[] = [
  {
    code: 'stop_refused',
    rule: 'CMD-027',
    holds: all(type('STOP_SESSION'), said('REJECTED', 'FAILED', 'NOT_SUPPORTED')),
    support: refusal(() => 'the session goes on'),
  },
  {
    code: 'unknown_session',
    rule: 'CMD-026',
    holds: said('UNKNOWN_SESSION'),
    support: refusal(() => 'no such session is known, or it is over'),
  },
  {
    code: 'reservation_lost',
    rule: 'CMD-037',
    holds: said('CANCELED_RESERVATION'),
    support: refusal((facts) => `the reservation was cancelled at the station${heard(facts)}`),
    messages: statusMessage,
  },
  {
    code: 'unknown_reservation',
    rule: 'CMD-021',
    holds: said('UNKNOWN_RESERVATION'),
    support: refusal(() => 'no such reservation is known, or it is over'),
  },
  {
    code: 'unknown_reservation',
    rule: 'CMD-021',
    holds: all(type('CANCEL_RESERVATION'), said('REJECTED')),
    support: refusal(() => 'this reservation is not cancelled'),
  },
  {
    code: 'connector_lock',
    rule: null,
    holds: all(said('FAILED', 'REJECTED'), inWords(/(connector|plug|cable)[ _-]?lock/i)),
    support: refusal((facts) => `the connector of ${evse(facts)} could not be locked`),
  },
  {
    code: 'car_took_nothing',
    rule: null,
    holds: all(
      said('FAILED', 'REJECTED'),
      inWords(/EVCommunicationError|\b(car|vehicle|EV) (refus|reject)/i),
    ),
    support: refusal(() => 'station and car did not come to terms'),
  },
  {
    code: 'evse_out_of_order',
    rule: 'CMD-041',
    holds: said('EVSE_INOPERATIVE'),
    support: refusal((facts) => `${evse(facts)} does not work${heard(facts)}`),
    messages: statusMessage,
  },
  {
    code: 'evse_out_of_order',
    rule: 'CMD-041',
    holds: all(said('REJECTED', 'FAILED', 'EVSE_OCCUPIED'), wasTold(...BROKEN)),
    support: refusal((facts) => `${evse(facts)} does not work${heard(facts)}`),
    messages: statusMessage,
  },
  {
    code: 'evse_blocked',
    rule: null,
    holds: all(said('EVSE_OCCUPIED', 'REJECTED'), wasTold('BLOCKED')),
    support: refusal((facts) => `a car that does not charge stands at ${evse(facts)}${heard(facts)}`),
    messages: statusMessage,
  },
  {
    code: 'evse_reserved',
    rule: null,
    holds: all(said('EVSE_OCCUPIED', 'REJECTED'), wasTold('RESERVED')),
    support: refusal((facts) => `${evse(facts)} is kept for somebody else${heard(facts)}`),
    messages: statusMessage,
  },
  {
    code: 'evse_occupied',
    rule: null,
    holds: said('EVSE_OCCUPIED'),
    support: refusal((facts) => `somebody else uses ${evse(facts)}${heard(facts)}`),
    messages: statusMessage,
  },
  {
    code: 'evse_occupied',
    rule: null,
    holds: all(said('REJECTED'), wasTold('CHARGING')),
    support: refusal((facts) => `somebody else uses ${evse(facts)}${heard(facts)}`),
    messages: statusMessage,
  },
  {
    code: 'not_supported',
    rule: 'CMD-029',
    holds: said('NOT_SUPPORTED'),
    support: refusal((facts) => `${evse(facts)} cannot do this on command`),
  },
  {
    code: 'charger_offline',
    rule: 'CMD-035',
    holds: said('TIMEOUT'),
    support: refusal(() => 'the charger did not answer its operator in time; it is probably offline'),
  },
  {
    code: 'charger_failed',
    rule: 'CMD-074',
    holds: ofCommand(({ result }) => result === 'FAILED'),
    support: refusal((facts) => `the charger tried and failed at ${evse(facts)}`),
  },
  {
    code: 'charger_rejected',
    rule: null,
    holds: ofCommand(({ result }) => result === 'REJECTED'),
    support: refusal((facts) => `the charger of ${evse(facts)} said no and gave no reason that we know`),
  },
  {
    code: 'operator_refused',
    rule: 'CMD-003',
    holds: ofCommand(({ state }) => state === 'REFUSED'),
    support: refusal(() => 'the platform said no before any charger was asked'),
  },
  {
    code: 'no_result',
    rule: 'CMD-069',
    holds: () => true,
    support: (facts) =>
      `${who(facts)} took ${ask(facts)} (${facts.command?.response ?? 'no answer'}), but no result came until ${facts.command?.deadline ?? 'its deadline'}, and no session either.`,
  },
]

/** What a command shows. The last one always holds. */
export const commandRules: readonly StartRule[] = [...underWay, ...undeliverable, ...wentWell, ...wentWrong]
