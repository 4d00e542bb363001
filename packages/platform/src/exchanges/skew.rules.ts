/** An envelope says its time at its beginning or at its end. */
const END_LENGTH = 400
const TIMESTAMP = /"timestamp"\s*:\s*"([^"]{10,40})"/
/** OCPI times without a zone are UTC. */
const ZONED = /(Z|[+-]\d\d:?\d\d)$/i

const timestampIn = (text: string): string | undefined =>
  TIMESTAMP.exec(text.slice(-END_LENGTH))?.[1] ?? TIMESTAMP.exec(text.slice(0, END_LENGTH))?.[1]

/**
 * How far the clock of who answered is ahead of ours, in milliseconds: the timestamp of the envelope, or the Date header, against
 * the middle of the exchange. Undefined where neither is a time.
 */
export const skewOf = (
  answer: {
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
    readonly text: string
  },
  endedMs: number,
  durationMs: number,
): number | undefined => {
  const stated = timestampIn(answer.text)
  const header = answer.headers.date
  const fromEnvelope =
    stated === undefined ? Number.NaN : Date.parse(ZONED.test(stated) ? stated : `${stated}Z`)
  const atMs = Number.isNaN(fromEnvelope)
    ? Date.parse(typeof header === 'string' ? header : '')
    : fromEnvelope
  // An answer that took long can have been made at any moment of it.
  const [earliestMs, latestMs] = [endedMs - durationMs, endedMs]
  if (Number.isNaN(atMs)) return undefined
  if (atMs > latestMs) return Math.round(atMs - latestMs)
  return atMs < earliestMs ? Math.round(atMs - earliestMs) : 0
}
