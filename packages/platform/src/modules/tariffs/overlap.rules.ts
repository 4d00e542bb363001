import { foldCase, isJsonObject, parseDateTime } from '@interwatt/protocol'
import type { Document } from '@interwatt/store'

/** Two tariffs that a connector lists and that are of one type and valid at the same time. */
export interface TariffOverlap {
  readonly connectorId: string
  /** Position of the connector in the EVSE. */
  readonly connectorIndex: number
  /** TariffType; undefined when both are for every kind of session. */
  readonly type: string | undefined
  readonly tariffIds: readonly [string, string]
  /** Epoch milliseconds from which on both are valid; -Infinity when always. */
  readonly fromMs: number
  /** Epoch milliseconds at which one ends; Infinity when none does. */
  readonly untilMs: number
}

interface Validity {
  readonly id: string
  readonly fromMs: number
  readonly untilMs: number
}

const instant = (value: unknown, otherwise: number): number =>
  (typeof value === 'string' ? parseDateTime(value)?.epochMs : undefined) ?? otherwise

const connectorsOf = (evse: Document): readonly unknown[] =>
  Array.isArray(evse.connectors) ? evse.connectors : []

/** Tariffs a connector lists, each once and in its first spelling: ids are compared without case. */
const tariffIdsOf = (connector: unknown): readonly string[] => {
  const listed = isJsonObject(connector) ? connector.tariff_ids : undefined
  const ids = Array.isArray(listed) ? listed.filter((id): id is string => typeof id === 'string') : []
  return [...new Map(ids.toReversed().map((id) => [foldCase(id), id])).values()].reverse()
}

/** Every tariff of the connectors that list more than one: what `overlapsOf` wants to know. */
export const comparedTariffs = (evse: Document): readonly string[] =>
  connectorsOf(evse).flatMap((connector) => {
    const ids = tariffIdsOf(connector)
    return ids.length > 1 ? ids : []
  })

const byType = (
  ids: readonly string[],
  tariffOf: (id: string) => Document | undefined,
): ReadonlyMap<string | undefined, readonly Validity[]> => {
  const groups = new Map<string | undefined, Validity[]>()
  for (const id of ids) {
    const tariff = tariffOf(id)
    if (tariff === undefined) continue
    const type = typeof tariff.type === 'string' ? tariff.type : undefined
    const fromMs = instant(tariff.start_date_time, Number.NEGATIVE_INFINITY)
    const untilMs = instant(tariff.end_date_time, Number.POSITIVE_INFINITY)
    const group = groups.get(type) ?? []
    group.push({ id, fromMs, untilMs })
    groups.set(type, group)
  }
  return groups
}

/** Each validity that begins before the longest one so far has ended, with that one. */
const overlapping = (group: readonly Validity[]): readonly (readonly [Validity, Validity])[] => {
  const pairs: (readonly [Validity, Validity])[] = []
  let longest: Validity | undefined
  for (const next of group.toSorted((a, b) => (a.fromMs === b.fromMs ? 0 : a.fromMs - b.fromMs))) {
    if (next.untilMs <= next.fromMs) continue
    if (longest !== undefined && next.fromMs < longest.untilMs) pairs.push([longest, next])
    if (longest === undefined || next.untilMs > longest.untilMs) longest = next
  }
  return pairs
}

/**
 * Tariffs of one type that are valid at the same time on a connector, where nobody can say which one counts (LOC-129,
 * TAR-048). `tariffOf` answers undefined for tariffs that are unknown or deleted; these are left out.
 */
export const overlapsOf = (
  evse: Document,
  tariffOf: (id: string) => Document | undefined,
): readonly TariffOverlap[] =>
  connectorsOf(evse).flatMap((connector, connectorIndex) =>
    [...byType(tariffIdsOf(connector), tariffOf)].flatMap(([type, group]) =>
      overlapping(group).map(([earlier, later]) => ({
        connectorId: isJsonObject(connector) ? String(connector.id) : '',
        connectorIndex,
        type,
        tariffIds: [earlier.id, later.id] as const,
        fromMs: later.fromMs,
        untilMs: Math.min(earlier.untilMs, later.untilMs),
      })),
    ),
  )

const moment = (ms: number): string | undefined =>
  Number.isFinite(ms) ? new Date(ms).toISOString() : undefined

/** An overlap in one sentence that says what to do. */
export const overlapMessage = ({ connectorId, type, tariffIds, fromMs, untilMs }: TariffOverlap): string => {
  const from = moment(fromMs)
  const until = moment(untilMs)
  const when = [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ') || 'at all times'
  const kind = type === undefined ? 'without a type' : `of type ${type}`
  return (
    `Connector ${connectorId} lists ${tariffIds.join(' and ')}, both ${kind} and valid ${when}: ` +
    'end one before the other starts, or list one only.'
  )
}
