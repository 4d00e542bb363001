import {
  type AuthoringFacts,
  authorCdr,
  authorPeriods,
  compileTariffs,
  type MeterReading,
} from '@interwatt/pricing'
import type { ocpi230 } from '@interwatt/protocol'
import type { Tariff } from '../tariffs.js'
import { isoOfS } from './clock.js'
import type { Slice } from './meter.js'

/** What the meter of a session showed so far, and what it is priced with. */
export interface Ledger {
  readonly tariff: Tariff
  readonly timeZone: string
  /** Start of charging; the end of the reservation where there was one. */
  readonly startS: number
  /** Since when the EVSE was kept free, where it was. */
  readonly reservedFromS: number | undefined
  /** Until when it was kept free for nobody; undefined while somebody may come, and when somebody came. */
  readonly expiredS: number | undefined
  /** One after the other. */
  readonly slices: readonly Slice[]
  /** Longest period, for feedback to the driver (SES-062). */
  readonly maxPeriodS: number
}

/** A ledger of nothing yet. */
export const openLedger = (
  start: Pick<Ledger, 'tariff' | 'timeZone' | 'startS'> & Partial<Pick<Ledger, 'maxPeriodS'>>,
): Ledger => ({
  maxPeriodS: Number.POSITIVE_INFINITY,
  ...start,
  reservedFromS: undefined,
  expiredS: undefined,
  slices: [],
})

/** The ledger with a slice booked. A car that goes on asking for nothing makes one slice of a period's length. */
export const book = (ledger: Ledger, slice: Slice): Ledger => {
  const last = ledger.slices.at(-1)
  const goesOn =
    last !== undefined && !last.charging && !slice.charging && slice.endS - last.startS <= ledger.maxPeriodS
  const slices = goesOn
    ? [...ledger.slices.slice(0, -1), { ...last, endS: slice.endS, endWs: slice.endWs }]
    : [...ledger.slices, slice]
  return { ...ledger, slices }
}

/** A ledger that opens with the time the EVSE was kept free. */
export const withReservation = (ledger: Ledger, fromS: number): Ledger => ({
  ...ledger,
  reservedFromS: fromS,
})

/** A ledger of a reservation that nobody used. */
export const expiredAt = (ledger: Ledger, endS: number): Ledger => ({ ...ledger, expiredS: endS })

const wattHours = (ws: number): number => Math.floor(ws / 3600)

/** Whole Wh booked in the ledger. */
export const bookedWh = ({ slices }: Ledger): number => wattHours(slices.at(-1)?.endWs ?? 0)

/** The last instant of the ledger. */
export const endOf = (ledger: Ledger): number =>
  ledger.expiredS ?? ledger.slices.at(-1)?.endS ?? ledger.startS

/** What a meter that shows whole Wh reads. */
const readingsOf = (ledger: Ledger): readonly MeterReading[] => {
  if (ledger.expiredS !== undefined) return []
  const begun = ledger.slices.map(
    ({ startS, startWs, powerW, currentMa, charging }): MeterReading => ({
      at: isoOfS(startS),
      wh: wattHours(startWs),
      powerKw: powerW / 1000,
      currentA: currentMa / 1000,
      requestsPower: charging,
    }),
  )
  return [...begun, { at: isoOfS(endOf(ledger)), wh: bookedWh(ledger) }]
}

const factsOf = ({ timeZone, reservedFromS, expiredS, maxPeriodS }: Ledger): AuthoringFacts => ({
  timeZone,
  longestPeriodMs: maxPeriodS * 1000,
  reservation:
    reservedFromS === undefined
      ? undefined
      : {
          from: isoOfS(reservedFromS),
          ...(expiredS === undefined ? {} : { until: isoOfS(expiredS) }),
        },
})

/** The priced part of a CDR as if the session ended at the last instant of the ledger; undefined when it has no price. */
export const authorLedger = (ledger: Ledger) => {
  const authored = authorCdr(factsOf(ledger), readingsOf(ledger), [ledger.tariff])
  return authored.kind === 'authored' ? authored.cdr : undefined
}

/** The charging periods so far, the last one still open; none before anything was booked. */
export const periodsOf = (ledger: Ledger): ocpi230.ChargingPeriod[] => {
  const compiled = compileTariffs([ledger.tariff])
  if (compiled.kind === 'refused') return []
  const authored = authorPeriods(readingsOf(ledger), { ...factsOf(ledger), compiled })
  return authored.kind === 'authored' ? authored.charging_periods : []
}
