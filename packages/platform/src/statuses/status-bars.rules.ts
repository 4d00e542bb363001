import type { StatusChange } from '@interwatt/store'

/** A stretch of time in which an EVSE had one status. */
export interface StatusSpan {
  readonly status: string
  /** ISO times; the last span ends where the time asked for ends. */
  readonly from: string
  readonly to: string
  /** Since when the EVSE said to have it; null where nobody knows. */
  readonly saidAt: string | null
}

/** One EVSE over a time. */
export interface StatusBar {
  readonly uid: string
  readonly evseId: string | null
  readonly spans: readonly StatusSpan[]
  /** Whole seconds by status; they add up to the time asked for. */
  readonly seconds: Readonly<Record<string, number>>
}

/** What is known of an EVSE now. */
export interface EvseNow {
  /** `location/uid`, as changes have it. */
  readonly key: string
  readonly uid: string
  readonly evseId: string | null
  readonly status: string
  readonly lastUpdated: string
}

/** What nobody knows: the time before the first change that is kept. */
export const UNTOLD = 'UNTOLD'

/** The spans of one EVSE from its changes, oldest first. Without any it had its present status since it says so. */
const spansOf = (
  evse: EvseNow,
  changes: readonly StatusChange[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly StatusSpan[] => {
  const [first] = changes
  if (first === undefined) {
    const since = evse.lastUpdated > from ? evse.lastUpdated : from
    const known = { status: evse.status, from: since < to ? since : to, to, saidAt: evse.lastUpdated }
    return since > from ? [{ status: UNTOLD, from, to: known.from, saidAt: null }, known] : [known]
  }
  const before: StatusSpan = { status: first.before ?? UNTOLD, from, to: first.arrivedAt, saidAt: null }
  const after = changes.map(
    ({ status, arrivedAt, saidAt }, index): StatusSpan => ({
      status,
      from: arrivedAt,
      to: changes[index + 1]?.arrivedAt ?? to,
      saidAt,
    }),
  )
  return [before, ...after].filter((span) => span.from < span.to)
}

/** Seconds of each status; rounded so that they add up to the whole. */
const secondsOf = (spans: readonly StatusSpan[]): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {}
  let [exactMs, givenS] = [0, 0]
  for (const { status, from, to } of spans) {
    exactMs += Date.parse(to) - Date.parse(from)
    const seconds = Math.round(exactMs / 1000) - givenS
    givenS += seconds
    sums[status] = (sums[status] ?? 0) + seconds
  }
  return sums
}

/** The bars of a location's EVSEs between two ISO times, in the order of the location. */
export const statusBars = (
  evses: readonly EvseNow[],
  changes: readonly StatusChange[],
  range: { readonly from: string; readonly to: string },
): readonly StatusBar[] =>
  evses.map((evse) => {
    const own = changes.filter((change) => change.evse === evse.key && change.arrivedAt < range.to)
    const spans = spansOf(evse, own, range)
    return { uid: evse.uid, evseId: evse.evseId, spans, seconds: secondsOf(spans) }
  })
