import type { CDR } from './back-ends/documents.js'
import { grossOf } from './pricing/amounts.js'
import { add, type Fraction, fraction, toNumber, ZERO } from './pricing/fraction.js'
import type { Happening } from './world-event.js'

/** Money of one side, net and gross, by currency. */
export type Totals = Readonly<Record<string, { readonly net: number; readonly gross: number }>>

/** What happened in a world so far. */
export interface WorldSummary {
  readonly sessionsStarted: number
  readonly sessionsEnded: number
  /** Trips that came to nothing, by reason. */
  readonly failures: Readonly<Record<string, number>>
  readonly faults: number
  /** Energy of all CDRs written, in kWh. */
  readonly energyKwh: number
  readonly cdrsWritten: number
  /** The same by the party of the token, such as `NL*IWM`; visitors bring tokens of others. */
  readonly writtenBy: Readonly<Record<string, number>>
  readonly cdrsReceived: number
  /** The same by the party of the eMSP, such as `NL*IWM`. */
  readonly receivedBy: Readonly<Record<string, number>>
  /** Received CDRs whose total differs from the eMSP's own calculation. */
  readonly cdrsDisputed: number
  readonly written: Totals
  readonly received: Totals
  readonly troubles: number
}

/** Counts what happens in a world. */
export interface Tally {
  saw(happening: Happening): void
  failed(reason: string): void
  written(cdr: CDR): void
  booked(cdr: CDR, agrees: boolean): void
  summary(): WorldSummary
}

type Ledger = Map<string, { net: Fraction; gross: Fraction }>

const enter = (ledger: Ledger, cdr: CDR): void => {
  const before = ledger.get(cdr.currency) ?? { net: ZERO, gross: ZERO }
  ledger.set(cdr.currency, {
    net: add(before.net, fraction(cdr.total_cost.before_taxes)),
    gross: add(before.gross, fraction(grossOf(cdr.total_cost))),
  })
}

const count = (byParty: Map<string, number>, { cdr_token: token }: CDR): void => {
  const party = `${token.country_code}*${token.party_id}`
  byParty.set(party, (byParty.get(party) ?? 0) + 1)
}

const totals = (ledger: Ledger): Totals =>
  Object.fromEntries(
    [...ledger].map(([currency, { net, gross }]) => [
      currency,
      { net: toNumber(net), gross: toNumber(gross) },
    ]),
  )

/** Counts what happens in a world. */
export const createTally = (): Tally => {
  const counts = { started: 0, ended: 0, faults: 0, written: 0, received: 0, disputed: 0, troubles: 0 }
  const failures = new Map<string, number>()
  const writtenBy = new Map<string, number>()
  const receivedBy = new Map<string, number>()
  const written: Ledger = new Map()
  const received: Ledger = new Map()
  let energy = ZERO
  return {
    saw: (happening) => {
      if (happening.type === 'session.started') counts.started += 1
      if (happening.type === 'session.ended') counts.ended += 1
      if (happening.type === 'evse.fault') counts.faults += 1
      if (happening.type === 'trouble') counts.troubles += 1
    },
    failed: (reason) => failures.set(reason, (failures.get(reason) ?? 0) + 1),
    written: (cdr) => {
      counts.written += 1
      count(writtenBy, cdr)
      energy = add(energy, fraction(cdr.total_energy))
      enter(written, cdr)
    },
    booked: (cdr, agrees) => {
      counts.received += 1
      count(receivedBy, cdr)
      if (!agrees) counts.disputed += 1
      enter(received, cdr)
    },
    summary: () => ({
      sessionsStarted: counts.started,
      sessionsEnded: counts.ended,
      failures: Object.fromEntries(failures),
      faults: counts.faults,
      energyKwh: toNumber(energy),
      cdrsWritten: counts.written,
      writtenBy: Object.fromEntries(writtenBy),
      cdrsReceived: counts.received,
      receivedBy: Object.fromEntries(receivedBy),
      cdrsDisputed: counts.disputed,
      written: totals(written),
      received: totals(received),
      troubles: counts.troubles,
    }),
  }
}
