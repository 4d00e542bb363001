import type { StartRule } from './start.rules.js'
import { between, failureAtEnd, type SessionFacts, type StartFacts } from './start-facts.js'

const inSession = (holds: (session: SessionFacts, facts: StartFacts) => boolean) => (facts: StartFacts) =>
  facts.session !== undefined && holds(facts.session, facts)
const idOf = ({ session }: StartFacts): string => session?.id ?? ''
const told = ({ session }: StartFacts): readonly number[] => session?.messages ?? []
const isOver = ({ status }: SessionFacts): boolean => status === 'COMPLETED' || status === 'INVALID'

/** A session that is told so long after the station accepted comes late, in milliseconds. */
const LATE_MS = 10_000

const isLate = ({ heardAt }: SessionFacts, { command }: StartFacts): boolean =>
  command?.result === 'ACCEPTED' && between(command.finishedAt, heardAt) > LATE_MS

/** Whether somebody asked for the end of the session, and the station agreed. */
const wasStopped = ({ stops }: StartFacts): boolean => stops.some(({ result }) => result === 'ACCEPTED')

const hasNoResult = ({ command }: StartFacts): boolean =>
  command !== undefined &&
  (command.state === 'TIMEOUT' || command.state === 'FAILED' || command.result === 'TIMEOUT')

/** What a session shows, the surest first. None of them holds without one. */
export const sessionRules: readonly StartRule[] = [
  {
    code: 'waiting_for_cable',
    rule: null,
    holds: inSession(({ status }) => status === 'PENDING' || status === 'RESERVATION'),
    support: (facts) =>
      `Session ${idOf(facts)} is ${facts.session?.status}: the station accepted and waits for the cable.`,
    messages: told,
  },
  {
    code: 'charging_without_result',
    rule: 'CMD-070',
    holds: inSession((session, facts) => !isOver(session) && hasNoResult(facts)),
    support: (facts) =>
      `It was never reported what became of the command (${facts.command?.result ?? facts.command?.state}), yet session ${idOf(facts)} is ${facts.session?.status}. The result was lost on its way from the charger; the session counts.`,
    messages: told,
  },
  {
    code: 'session_late',
    rule: 'CMD-073',
    holds: inSession((session, facts) => !isOver(session) && isLate(session, facts)),
    support: (facts) =>
      `The station accepted, but session ${idOf(facts)} was told only ${Math.round(between(facts.command?.finishedAt ?? null, facts.session?.heardAt ?? null) / 1000)} s later.`,
    messages: told,
  },
  {
    code: 'charging',
    rule: null,
    holds: inSession((session) => !isOver(session)),
    support: (facts) => `Session ${idOf(facts)} is ${facts.session?.status} with ${facts.session?.kwh} kWh.`,
    messages: told,
  },
  {
    code: 'broken_off',
    rule: null,
    holds: inSession((_session, facts) => !wasStopped(facts) && failureAtEnd(facts) !== undefined),
    support: (facts) => {
      const failure = failureAtEnd(facts)
      return `Session ${idOf(facts)} ended with ${facts.session?.kwh} kWh without anybody asking for it, when its EVSE became ${failure?.status}.`
    },
    messages: (facts) => {
      const message = failureAtEnd(facts)?.message ?? null
      return message === null ? told(facts) : [...told(facts), message]
    },
  },
  {
    code: 'cable_not_plugged',
    rule: null,
    holds: inSession(({ statuses, kwh }) => kwh === 0 && !statuses.includes('ACTIVE')),
    support: (facts) =>
      `Session ${idOf(facts)} went from PENDING to ${facts.session?.status} and never became ACTIVE: the cable was not plugged in in time${wasStopped(facts) ? ', or the driver stopped before' : ''}.`,
    messages: told,
  },
  {
    code: 'car_took_nothing',
    rule: null,
    holds: inSession(({ kwh }) => kwh === 0),
    support: (facts) =>
      `Session ${idOf(facts)} was ACTIVE and ended with 0 kWh: the cable was in, but the car asked for no power.`,
    messages: told,
  },
  {
    code: 'receipt_awaited',
    rule: null,
    holds: inSession(({ status }, { receipt }) => status === 'COMPLETED' && receipt === undefined),
    support: (facts) =>
      `Session ${idOf(facts)} is COMPLETED with ${facts.session?.kwh} kWh, and no CDR has come for it.`,
    messages: told,
  },
  {
    code: 'price_differs',
    rule: 'CDR-049',
    holds: inSession((_session, { receipt }) => receipt?.outcome === 'differs'),
    support: (facts) =>
      `Session ${idOf(facts)} was charged, but its CDR ${facts.receipt?.id} differs from our own calculation${facts.receipt?.codes.length ? ` (${facts.receipt.codes.join(', ')})` : ''}.`,
    messages: (facts) => [...told(facts), ...(facts.receipt?.messages ?? [])],
  },
  {
    code: 'charged',
    rule: null,
    holds: inSession(() => true),
    support: (facts) =>
      `Session ${idOf(facts)} is ${facts.session?.status} with ${facts.session?.kwh} kWh${facts.receipt === undefined ? '' : ` and has the CDR ${facts.receipt.id}`}.`,
    messages: (facts) => [...told(facts), ...(facts.receipt?.messages ?? [])],
  },
]
