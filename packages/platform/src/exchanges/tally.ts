import type { ClientMessage } from '@interwatt/client'
import type { ServerMessage } from '@interwatt/server'
import type {
  ExchangeDelta,
  ExchangeDirection,
  ExchangeStore,
  MessageOutcome,
  Partner,
} from '@interwatt/store'
import { incomingOutcome } from '../conversation/incoming-message.js'
import { outgoingOutcome, placeOf, statusCodeOf } from '../conversation/outgoing-message.js'
import { bucketOf, noBuckets } from './answer-times.rules.js'
import { skewOf } from './skew.rules.js'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Rows held while the database does not answer; more are lost, and the newest counts with them. */
const MOST_HELD = 20_000
const FAILURE_LENGTH = 300

/** Counts every exchange with a partner, whether or not messages are recorded. */
export interface Tally {
  incoming(message: ServerMessage): void
  outgoing(message: ClientMessage): void
  /** Resolves when what was counted until now is stored; never rejects. */
  flush(): Promise<void>
  stop(): Promise<void>
}

/** What counting works with. */
export interface TallyDeps {
  readonly store: Pick<ExchangeStore, 'add'>
  partnerOf(id: string): Partner | undefined
  now(): number
  onError(error: unknown): void
  /** Length of a short span, in milliseconds. */
  readonly momentMs: number
  readonly flushEveryMs?: number
}

interface Seen {
  readonly partnerId: string
  readonly direction: ExchangeDirection
  readonly module: string
  readonly outcome: MessageOutcome
  readonly durationMs: number
  readonly failure: string | null
  readonly httpStatus: number | null
  readonly skewMs: number | null
}

type Row = { -readonly [field in keyof ExchangeDelta]: ExchangeDelta[field] } & { buckets: number[] }

const COUNTED = { ok: 'ok', refused: 'refused', failed: 'failed', timeout: 'timedOut' } as const

const emptyRow = ({ partnerId, direction, module }: Seen, span: Row['span'], at: string): Row => ({
  partnerId,
  direction,
  module,
  span,
  at,
  ok: 0,
  refused: 0,
  failed: 0,
  timedOut: 0,
  buckets: noBuckets(),
  longestMs: 0,
  askedMinutes: 0n,
  answeredMinutes: 0n,
  answeredAt: null,
  failedAt: null,
  failure: null,
  httpStatus: null,
  skewMs: null,
})

/** Adds an exchange that ended at `nowMs` to a row. */
const countInto = (row: Row, seen: Seen, nowMs: number): void => {
  const { outcome, durationMs, skewMs } = seen
  row[COUNTED[outcome]] += 1
  const bucket = bucketOf(durationMs)
  row.buckets[bucket] = (row.buckets[bucket] ?? 0) + 1
  row.longestMs = Math.min(2 ** 31 - 1, Math.max(row.longestMs, Math.round(durationMs)))
  const minute = 1n << BigInt(Math.floor((nowMs % HOUR_MS) / MINUTE_MS))
  row.askedMinutes |= minute
  const at = new Date(nowMs).toISOString()
  if (outcome === 'ok' || outcome === 'refused') {
    row.answeredMinutes |= minute
    row.answeredAt = at
  }
  if (outcome !== 'ok') {
    row.failedAt = at
    row.failure = seen.failure?.slice(0, FAILURE_LENGTH) ?? null
    row.httpStatus = seen.httpStatus
  }
  if (skewMs !== null) row.skewMs = skewMs
}

/** Starts counting; counts are stored every few seconds. */
export const createTally = (deps: TallyDeps): Tally => {
  let rows = new Map<string, Row>()
  let writing = Promise.resolve()
  const count = (seen: Seen): void => {
    const nowMs = deps.now()
    for (const [span, lengthMs] of [
      ['moment', deps.momentMs],
      ['hour', HOUR_MS],
    ] as const) {
      const at = new Date(nowMs - (nowMs % lengthMs)).toISOString()
      const key = `${seen.partnerId} ${span} ${at} ${seen.direction} ${seen.module}`
      const row = rows.get(key) ?? emptyRow(seen, span, at)
      if (!rows.has(key) && rows.size >= MOST_HELD) continue
      rows.set(key, row)
      countInto(row, seen, nowMs)
    }
  }
  const write = async (): Promise<void> => {
    if (rows.size === 0) return
    const taken = rows
    rows = new Map()
    // NOTE: a batch that fails is lost: counts tried twice might be counted twice.
    await deps.store.add([...taken.values()]).catch(deps.onError)
  }
  const flush = (): Promise<void> => {
    writing = writing.then(write)
    return writing
  }
  const timer = setInterval(flush, deps.flushEveryMs ?? 5_000)
  timer.unref()
  /** Nothing that goes wrong in here may reach the exchange it is about. */
  const guarded =
    <T>(read: (message: T) => Seen | undefined) =>
    (message: T): void => {
      try {
        const seen = read(message)
        if (seen !== undefined) count(seen)
      } catch (error) {
        deps.onError(error)
      }
    }
  return {
    incoming: guarded(seenIncoming),
    outgoing: guarded((message) => seenOutgoing(message, deps)),
    flush,
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}

const seenIncoming = (message: ServerMessage): Seen | undefined => {
  const { caller, module, durationMs, httpStatus, statusCode } = message
  if (caller === undefined) return undefined
  const outcome = incomingOutcome(message)
  const failure = outcome === 'ok' ? null : `answered with HTTP ${httpStatus}, status ${statusCode}`
  return {
    partnerId: caller.partnerId,
    direction: 'in',
    module: module ?? 'other',
    outcome,
    durationMs,
    failure,
    httpStatus,
    skewMs: null,
  }
}

const seenOutgoing = (message: ClientMessage, { partnerOf, now }: TallyDeps): Seen | undefined => {
  const partner = partnerOf(message.partnerId)
  if (partner === undefined) return undefined
  const { answer, failure, durationMs } = message
  const statusCode = answer === undefined ? undefined : statusCodeOf(answer.text)
  const outcome = outgoingOutcome(message, statusCode)
  const said = statusCode === undefined ? '' : `, status ${statusCode}`
  return {
    partnerId: message.partnerId,
    direction: 'out',
    module: placeOf(message, partner).module ?? 'other',
    outcome,
    durationMs,
    failure:
      outcome === 'ok' ? null : (failure?.message ?? `answered with HTTP ${answer?.httpStatus ?? ''}${said}`),
    httpStatus: answer?.httpStatus ?? null,
    skewMs: answer === undefined ? null : (skewOf(answer, now(), durationMs) ?? null),
  }
}
