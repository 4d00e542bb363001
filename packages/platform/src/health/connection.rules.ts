import type { FoundProblem } from '@interwatt/store'
import { percentileMs } from '../exchanges/answer-times.rules.js'
import { recentAnswers, silenceOf, usualP95, wordsOfFailure } from './answering.rules.js'
import type { HealthLimits } from './limits.js'
import type { PartnerSigns } from './signs.js'

/** What a rule found, without the partner it is about. */
export type Found = Omit<FoundProblem, 'partnerId' | 'rule'>

const UNAUTHORIZED = /^unauthorized/

/** A partner that answers nothing: its breaker is open, or several requests in a row got no answer. */
export const findDown = (signs: PartnerSigns, limits: HealthLimits): Found | undefined => {
  const { sync, moments } = signs
  const silence = silenceOf(signs)
  const outages = sync?.outages ?? 0
  const lastError = sync?.lastError ?? ''
  const waits = outages > 0 && !UNAUTHORIZED.test(lastError)
  if (silence === undefined && (!waits || moments.length > 0)) return undefined
  if (!waits && (silence?.count ?? 0) < limits.downAfter) return undefined
  const failure = silence?.failure || lastError
  const { kind, text, remedy } = wordsOfFailure(failure)
  const since = silence?.since ?? sync?.lastSuccessAt ?? undefined
  const waiting = signs.backlog.at(-1)?.count ?? 0
  const kept =
    waiting === 0
      ? 'Nothing waits for it.'
      : `${waiting} ${waiting === 1 ? 'change waits' : 'changes wait'} for it and ${waiting === 1 ? 'is' : 'are'} sent when it answers.`
  return {
    severity: 'bad',
    reason: `No answer: ${text}. ${kept}`,
    remedy,
    ...(since === undefined ? {} : { since }),
    facts: {
      kind,
      failure,
      failures: silence?.count ?? outages,
      answered_at: silence?.answeredAt ?? null,
      waiting,
    },
  }
}

/** A partner that no longer takes our credentials. */
export const findUnauthorized = ({ sync, moments }: PartnerSigns): Found | undefined => {
  const asked = moments.filter(({ ok, refused }) => ok + refused > 0)
  const newest = asked.filter(({ at }) => at === asked[0]?.at)
  const refusedNow = newest.some(({ httpStatus, refused }) => httpStatus === 401 && refused > 0)
  const refusesAll = refusedNow && newest.every(({ ok }) => ok === 0)
  const stopped = (sync?.outages ?? 0) > 0 && UNAUTHORIZED.test(sync?.lastError ?? '')
  if (!refusesAll && !(stopped && newest.every(({ ok }) => ok === 0))) return undefined
  const first = asked.filter(({ httpStatus }) => httpStatus === 401).at(-1)
  return {
    severity: 'bad',
    reason: 'It refuses our credentials (HTTP 401): nothing reaches it any more.',
    remedy: 'Ask the partner whether it lost or replaced the token; invite it anew if it did.',
    ...(first === undefined ? {} : { since: first.at }),
    facts: { http_status: 401, outages: sync?.outages ?? 0 },
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`

/** A partner that answers, but takes long: too long for anybody, or much longer than it usually does. */
export const findSlow = (signs: PartnerSigns, limits: HealthLimits): Found | undefined => {
  const recent = recentAnswers(signs.moments, limits.recentSamples)
  if (recent.samples < limits.recentSamples || silenceOf(signs) !== undefined) return undefined
  const p95 = percentileMs(recent.buckets, 0.95, recent.longestMs) ?? 0
  const usual = usualP95(signs.usual, limits.usualSamples)
  const beyondUsual =
    usual !== undefined && p95 > limits.slowerThanUsualMs && p95 > usual * limits.slowerThanUsualTimes
  if (p95 <= limits.slowMs && !beyondUsual) return undefined
  const normal = usual === undefined ? '' : ` Usually it is ${seconds(usual)}.`
  return {
    severity: 'warn',
    reason: `Slow: its answers take up to ${seconds(p95)} (95th percentile of the last ${recent.samples}).${normal}`,
    remedy:
      'Commands and authorizations of drivers wait that long: tell the partner, with times from the scorecard.',
    facts: { p95_ms: p95, usual_p95_ms: usual ?? null, samples: recent.samples, limit_ms: limits.slowMs },
  }
}

/** A clock that is far from ours: what it says to be new is old here, or not yet. */
export const findWrongClock = ({ moments }: PartnerSigns, { skewMs }: HealthLimits): Found | undefined => {
  const skew = moments.find((moment) => moment.skewMs !== null)?.skewMs ?? 0
  if (Math.abs(skew) <= skewMs) return undefined
  const by = Math.abs(skew) < 120_000 ? seconds(Math.abs(skew)) : `${Math.round(Math.abs(skew) / 60_000)} min`
  return {
    severity: 'warn',
    reason: `Its clock is ${by} ${skew > 0 ? 'ahead of' : 'behind'} ours.`,
    remedy:
      'Updates are ordered by time: ask the partner to set its clock (NTP), after a look at the clock here.',
    facts: { skew_ms: skew, limit_ms: skewMs },
  }
}

/** A backlog that does not get smaller although the partner answers. */
export const findBacklog = (signs: PartnerSigns, limits: HealthLimits): Found | undefined => {
  const { backlog, nowMs } = signs
  const seen = backlog.filter(({ atMs }) => atMs >= nowMs - limits.backlogMs)
  const [first, last] = [seen[0], seen.at(-1)]
  const before = backlog.findLast(({ atMs }) => atMs <= nowMs - limits.backlogMs)
  if (first === undefined || last === undefined || before === undefined) return undefined
  if ([before, ...seen].some(({ count }) => count < limits.backlogCount) || last.count < before.count)
    return undefined
  return {
    severity: 'warn',
    reason: `${last.count} changes wait for it, and they do not get fewer.`,
    remedy: 'It takes updates more slowly than they come: see which module waits, and its answer times.',
    since: new Date(before.atMs).toISOString(),
    facts: { waiting: last.count, waited: before.count },
  }
}

/** Connections that do not run because somebody decided so, or because a handshake did not end. */
export const findNotConnected = ({ partner }: PartnerSigns): Found | undefined => {
  const said = partner.statusReason ?? ''
  switch (partner.status) {
    case 'SUSPENDED':
      return {
        severity: 'note',
        reason: `It is paused: its requests are refused and nothing is sent to it. ${said}`.trim(),
        remedy: 'Resume it when it may go on; it gets what it missed.',
        facts: {},
      }
    case 'UNREGISTERED':
      return {
        severity: 'bad',
        reason: said || 'The partner ended the registration.',
        remedy: 'Ask it why; invite it anew to go on.',
        facts: {},
      }
    case 'UNKNOWN':
      return {
        severity: 'bad',
        reason: said || 'A handshake broke off: nobody knows which credentials count.',
        remedy: 'Rotate the credentials, or invite the partner anew.',
        facts: {},
      }
    default:
      return undefined
  }
}
