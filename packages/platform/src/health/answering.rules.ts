import type { ExchangeCounts } from '@interwatt/store'
import { addBuckets, countOf, percentileMs } from '../exchanges/answer-times.rules.js'
import type { PartnerSigns } from './signs.js'

/** What went wrong with a request, in words for people. */
export interface FailureWords {
  readonly kind: 'refused_connection' | 'timeout' | 'tls' | 'name' | 'server_error' | 'broken'
  readonly text: string
  readonly remedy: string
}

const KINDS: readonly (readonly [pattern: RegExp, words: FailureWords])[] = [
  [
    /ECONNREFUSED|connection refused/i,
    {
      kind: 'refused_connection',
      text: 'its server refuses the connection',
      remedy: 'Its server is not running or a firewall is in the way: tell the partner.',
    },
  ],
  [
    /certificate|self.signed|\bTLS\b|\bSSL\b|CERT_|altname/i,
    {
      kind: 'tls',
      text: 'its certificate is not accepted',
      remedy: 'Ask the partner to renew or correct its certificate.',
    },
  ],
  [
    /ENOTFOUND|EAI_AGAIN|getaddrinfo|resolve/i,
    {
      kind: 'name',
      text: 'the name of its server is not found',
      remedy: 'Check its versions address and the name servers of this node.',
    },
  ],
  [
    /timed? ?out|timeout|within \d|no answer|HTTP 408/i,
    {
      kind: 'timeout',
      text: 'it does not answer in time',
      remedy: 'Its server hangs or the network is slow: tell the partner.',
    },
  ],
  [
    /HTTP (5\d\d|429)/i,
    {
      kind: 'server_error',
      text: 'its server answers with an error',
      remedy: 'The failure is inside the partner: send it a correlation id from the conversation.',
    },
  ],
]

const BROKEN: FailureWords = {
  kind: 'broken',
  text: 'the connection breaks or the answer is not usable',
  remedy: 'Look at the failed messages, and tell the partner.',
}

/** What a failure says, as far as its text tells. */
export const wordsOfFailure = (failure: string): FailureWords =>
  KINDS.find(([pattern]) => pattern.test(failure))?.[1] ?? BROKEN

const latest = (times: readonly (string | null)[]): string | undefined =>
  times
    .filter((at) => at !== null)
    .sort()
    .at(-1)

/** Requests since the last answer that got none; undefined when the newest was answered. */
export interface Silence {
  readonly count: number
  /** ISO time of the first of them, as far as is remembered. */
  readonly since: string
  readonly answeredAt: string | undefined
  readonly failure: string
}

const isSilent = ({ failed, timedOut }: ExchangeCounts): boolean => failed + timedOut > 0

/** Whether a partner is silent now, by what it was asked lately. */
export const silenceOf = ({ moments }: Pick<PartnerSigns, 'moments'>): Silence | undefined => {
  const answeredAt = latest(moments.map((moment) => moment.answeredAt))
  const silent = moments.filter(
    (moment) => isSilent(moment) && moment.failedAt !== null && moment.failedAt > (answeredAt ?? ''),
  )
  const [newest] = silent
  if (newest === undefined) return undefined
  const first = silent.at(-1) ?? newest
  return {
    count: silent.reduce((sum, { failed, timedOut }) => sum + failed + timedOut, 0),
    since: answeredAt !== undefined && answeredAt > first.at ? answeredAt : first.at,
    answeredAt,
    failure: newest.failure ?? '',
  }
}

/** The newest answer times that are enough to judge by; fewer samples when there are no more. */
export const recentAnswers = (
  moments: readonly ExchangeCounts[],
  samples: number,
): { readonly buckets: readonly number[]; readonly longestMs: number; readonly samples: number } => {
  const times = [...new Set(moments.map(({ at }) => at))].sort().reverse()
  const taken: ExchangeCounts[] = []
  for (const time of times) {
    taken.push(...moments.filter(({ at }) => at === time))
    if (taken.reduce((sum, { buckets }) => sum + countOf(buckets), 0) >= samples) break
  }
  const buckets = addBuckets(taken.map((moment) => moment.buckets))
  const longestMs = Math.max(0, ...taken.map((moment) => moment.longestMs))
  return { buckets, longestMs, samples: countOf(buckets) }
}

/** The 95th percentile of what is usual; undefined with too few samples. */
export const usualP95 = (usual: readonly number[], samples: number): number | undefined =>
  countOf(usual) < samples ? undefined : percentileMs(usual, 0.95, Number.MAX_SAFE_INTEGER)
