import { parseDateTime } from '@interwatt/protocol'

/** A stretch of time in milliseconds since 1970; the end does not belong to it. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** What OCPI writes a stretch of time as. */
export interface Times {
  readonly start_date_time: string
  readonly end_date_time: string
}

const msOf = (text: string): number => parseDateTime(text)?.epochMs ?? Number.NaN

/** The span of a Period or Timeslot that passed its schema. */
export const spanOf = ({ start_date_time: start, end_date_time: end }: Times): Span => ({
  fromMs: msOf(start),
  toMs: msOf(end),
})

/** Times of a span as they are sent: UTC, milliseconds, `Z`. */
export const timesOf = ({ fromMs, toMs }: Span): Times => ({
  start_date_time: new Date(fromMs).toISOString(),
  end_date_time: new Date(toMs).toISOString(),
})

/** What both have in common; undefined when nothing. */
export const overlapOf = (a: Span, b: Span): Span | undefined => {
  const fromMs = Math.max(a.fromMs, b.fromMs)
  const toMs = Math.min(a.toMs, b.toMs)
  return fromMs < toMs ? { fromMs, toMs } : undefined
}

/** What is left of a span without others, in order. */
export const without = (span: Span, others: readonly Span[]): readonly Span[] =>
  others.reduce<readonly Span[]>(
    (rest, other) =>
      rest.flatMap((piece) => {
        if (overlapOf(piece, other) === undefined) return [piece]
        return [
          { fromMs: piece.fromMs, toMs: other.fromMs },
          { fromMs: other.toMs, toMs: piece.toMs },
        ].filter(({ fromMs, toMs }) => fromMs < toMs)
      }),
    [span],
  )
