import { add, type Decimal, decimal, toNumber } from '@interwatt/protocol'
import type { Verdict } from './back-ends/cdr-desk.js'
import type { WrittenCdr } from './back-ends/cdr-writer.js'
import type { CDR } from './back-ends/documents.js'
import { type FaultName, firstOfDouble } from './billing/faults.js'
import { exactGrossOf } from './gross.js'
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
  /** Written CDRs that the CPO's own check confirmed before they were billed. */
  readonly cdrsChecked: number
  /** Received CDRs that the eMSP's own calculation confirms. */
  readonly cdrsReconciled: number
  /** Received CDRs that it does not. */
  readonly cdrsDisputed: number
  /** The CDRs in which the CPO overcharges on purpose, in the order in which they were written. */
  readonly billingFaults: readonly BilledFault[]
  /** What nodes said about the faults that were acted out, in the order in which they were explained. */
  readonly startFaults: readonly ExplainedFault[]
  readonly written: Totals
  readonly received: Totals
  readonly troubles: number
}

/** A CDR that overcharges. */
export interface BilledFault {
  readonly cdr: string
  readonly fault: FaultName
  /** What the eMSP calls it; undefined when it has not received it, or names no fault. */
  readonly named: FaultName | undefined
  /** Codes of what stands against it, for the eMSP. */
  readonly findings: readonly string[]
}

/** A way in which a charge failed, and what a node said about it. */
export type ExplainedFault = Omit<Extract<Happening, { type: 'fault.explained' }>, 'type'>

/** Counts what happens in a world. */
export interface Tally {
  saw(happening: Happening): void
  failed(reason: string): void
  written(written: WrittenCdr): void
  booked(cdr: CDR, verdict: Verdict): void
  summary(): WorldSummary
}

const ZERO = decimal(0)

type Ledger = Map<string, { net: Decimal; gross: Decimal }>

const enter = (ledger: Ledger, cdr: CDR): void => {
  const before = ledger.get(cdr.currency) ?? { net: ZERO, gross: ZERO }
  ledger.set(cdr.currency, {
    net: add(before.net, decimal(cdr.total_cost.before_taxes)),
    gross: add(before.gross, exactGrossOf(cdr.total_cost)),
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
  const counts = {
    checked: 0,
    started: 0,
    ended: 0,
    faults: 0,
    written: 0,
    received: 0,
    disputed: 0,
    troubles: 0,
  }
  const failures = new Map<string, number>()
  const writtenBy = new Map<string, number>()
  const receivedBy = new Map<string, number>()
  const written: Ledger = new Map()
  const received: Ledger = new Map()
  const explained: ExplainedFault[] = []
  let energy = ZERO
  const made = new Map<string, FaultName>()
  /** Of disputed CDRs. */
  const verdicts = new Map<string, Verdict>()
  // Of two CDRs of one session the one that comes second is disputed, whichever that is.
  const verdictOn = (cdr: string, fault: FaultName): Verdict | undefined =>
    verdicts.get(cdr) ?? (fault === 'double-cdr' ? verdicts.get(firstOfDouble(cdr)) : undefined)
  const foundOf = ([cdr, fault]: readonly [string, FaultName]): BilledFault => {
    const verdict = verdictOn(cdr, fault)
    return { cdr, fault, named: verdict?.fault, findings: verdict?.findings ?? [] }
  }
  return {
    saw: (happening) => {
      if (happening.type === 'session.started') counts.started += 1
      if (happening.type === 'session.ended') counts.ended += 1
      if (happening.type === 'evse.fault') counts.faults += 1
      if (happening.type === 'trouble') counts.troubles += 1
      if (happening.type === 'fault.explained') explained.push(happening)
    },
    failed: (reason) => failures.set(reason, (failures.get(reason) ?? 0) + 1),
    written: ({ cdr, fault, reconciled }) => {
      counts.written += 1
      if (reconciled) counts.checked += 1
      if (fault !== undefined) made.set(cdr.id, fault.name)
      count(writtenBy, cdr)
      energy = add(energy, decimal(cdr.total_energy))
      enter(written, cdr)
    },
    booked: (cdr, verdict) => {
      counts.received += 1
      count(receivedBy, cdr)
      if (!verdict.agrees) {
        counts.disputed += 1
        verdicts.set(cdr.id, verdict)
      }
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
      cdrsChecked: counts.checked,
      cdrsReconciled: counts.received - counts.disputed,
      cdrsDisputed: counts.disputed,
      billingFaults: [...made].map(foundOf),
      startFaults: [...explained],
      written: totals(written),
      received: totals(received),
      troubles: counts.troubles,
    }),
  }
}
