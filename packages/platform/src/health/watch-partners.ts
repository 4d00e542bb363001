import { randomUUID } from 'node:crypto'
import type {
  ExchangeStore,
  FoundProblem,
  HealthStore,
  NodeEvent,
  Partner,
  PartnerCount,
  PartnerProblem,
  SyncStore,
} from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { problemsOf } from './health.rules.js'
import type { HealthLimits } from './limits.js'
import type { BacklogSeen, PartnerSigns } from './signs.js'

const DAY_MS = 86_400_000
/** A node that stops looking gives its turn away after so many looks. */
const TURN_LOOKS = 6
/** A problem whose words changed is told again after this long, in milliseconds. */
const RETELL_MS = 30_000
/** Backlogs are counted this often, in milliseconds. */
const BACKLOG_EVERY_MS = 15_000

/** What looking after partners works with. */
export interface WatchDeps {
  readonly health: HealthStore
  readonly exchanges: ExchangeStore
  readonly sync: SyncStore
  readonly directory: Pick<Directory, 'partners'>
  readonly limits: HealthLimits
  backlogOf(partnerId: string): Promise<number>
  /** Asks a partner for its versions; what came of it is counted like any request. */
  probe(partner: Partner): Promise<void>
  event(event: NodeEvent): void
  now(): number
}

const byPartner = (counts: readonly PartnerCount[]): ReadonlyMap<string, PartnerCount> =>
  new Map(counts.map((count) => [count.partnerId, count]))

const groupOf = <T extends { readonly partnerId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.partnerId, [...(groups.get(row.partnerId) ?? []), row])
  return groups
}

/** Remembers what is asked at most once in a while. */
const seldom = <T>(everyMs: number, now: () => number, ask: () => Promise<T>): (() => Promise<T>) => {
  let known: { readonly atMs: number; readonly value: T } | undefined
  return async () => {
    if (known === undefined || now() - known.atMs >= everyMs) known = { atMs: now(), value: await ask() }
    return known.value
  }
}

/** Looks at all partners once, stores what is wrong with them and tells what changed; false when it is another node's turn. */
export const createWatch = (deps: WatchDeps): (() => Promise<boolean>) => {
  const { health, exchanges, limits, now } = deps
  const holder = randomUUID()
  const agoOf = (ms: number): string => new Date(now() - ms).toISOString()
  const usual = seldom(limits.seldomEveryMs, now, () => exchanges.usual(agoOf(limits.usualDays * DAY_MS)))
  const missing = seldom(limits.seldomEveryMs, now, () =>
    health.missingCdrs(agoOf(limits.cdrForgottenMs), agoOf(limits.cdrDueMs)),
  )
  const evses = seldom(limits.seldomEveryMs * 5, now, () => health.evses())
  const backlogs = watchBacklogs(deps)
  const told = new Map<string, { readonly reason: string; readonly atMs: number }>()

  const gather = async (partners: readonly Partner[]): Promise<readonly PartnerSigns[]> => {
    const since = agoOf(limits.recentMs)
    const [moments, usually, off, refused, findings, cdrs, places, pulls] = await Promise.all([
      exchanges.moments(since),
      usual(),
      health.disagreeing(agoOf(limits.pricesMs)),
      health.refusals(),
      health.findings(agoOf(limits.findingsMs)),
      missing(),
      evses(),
      health.failedPulls(),
    ])
    const asked = groupOf(moments)
    const known = {
      usual: new Map(usually.map(({ partnerId, buckets }) => [partnerId, buckets])),
      off: groupOf(off),
      refused: byPartner(refused),
      findings: byPartner(findings),
      cdrs: byPartner(cdrs),
      places: byPartner(places),
      pulls: byPartner(pulls),
    }
    return Promise.all(
      partners.map(async (partner) => ({
        partner,
        nowMs: now(),
        sync: await deps.sync.get(partner.id),
        moments: asked.get(partner.id) ?? [],
        usual: known.usual.get(partner.id) ?? [],
        disagreeing: known.off.get(partner.id) ?? [],
        refusals: known.refused.get(partner.id),
        findings: known.findings.get(partner.id),
        missingCdrs: known.cdrs.get(partner.id),
        evses: known.places.get(partner.id),
        failedPulls: known.pulls.get(partner.id),
        backlog: await backlogs(partner),
      })),
    )
  }

  const tell = (problem: FoundProblem, state: 'began' | 'changed' | 'ended'): void => {
    const { partnerId, rule, severity, reason, remedy, facts } = problem
    told.set(`${partnerId} ${rule}`, { reason, atMs: now() })
    deps.event({
      type: 'partner.health',
      subject: partnerId,
      data: { state, rule, severity, reason, remedy, facts },
    })
  }

  const store = async (found: readonly FoundProblem[], open: readonly PartnerProblem[]): Promise<void> => {
    const at = new Date(now()).toISOString()
    const isSame = (a: FoundProblem, b: FoundProblem): boolean =>
      a.partnerId === b.partnerId && a.rule === b.rule
    for (const problem of found) {
      const before = open.find((each) => isSame(each, problem))
      if (before !== undefined && before.reason === problem.reason) continue
      await health.put({ ...problem, since: before?.since ?? problem.since ?? at }, at)
      const last = told.get(`${problem.partnerId} ${problem.rule}`)
      if (before === undefined) tell(problem, 'began')
      else if (before.severity !== problem.severity || now() - (last?.atMs ?? 0) >= RETELL_MS)
        tell(problem, 'changed')
    }
    for (const problem of open.filter((each) => !found.some((other) => isSame(each, other)))) {
      await health.end(problem.number, at)
      tell(problem, 'ended')
    }
  }

  return async () => {
    const turnMs = Math.max(limits.everyMs * TURN_LOOKS, 3_000)
    const time = now()
    const until = new Date(time + turnMs).toISOString()
    if (!(await health.takeTurn(holder, new Date(time).toISOString(), until))) return false
    const partners = deps.directory.partners()
    const signs = await gather(partners)
    await store(
      signs.flatMap((each) => problemsOf(each, limits)),
      await health.open(),
    )
    await probeIdle(deps, signs)
    return true
  }
}

/** Counts what waits for partners now and then, and remembers it as long as the rules look back. */
const watchBacklogs = ({ limits, backlogOf, now }: WatchDeps) => {
  const seen = new Map<string, readonly BacklogSeen[]>()
  const everyMs = Math.min(BACKLOG_EVERY_MS, limits.seldomEveryMs)
  return async ({ id, status }: Partner): Promise<readonly BacklogSeen[]> => {
    if (status !== 'REGISTERED') {
      seen.delete(id)
      return []
    }
    const before = seen.get(id) ?? []
    if (now() - (before.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) < everyMs) return before
    const kept = before.filter(({ atMs }) => atMs > now() - 2 * limits.backlogMs)
    const counted = [...kept, { atMs: now(), count: await backlogOf(id) }]
    seen.set(id, counted)
    return counted
  }
}

/** Partners that were asked nothing for a while are asked for their versions, so that silence is noticed, and its end. */
const probeIdle = async (
  { limits, directory, probe }: WatchDeps,
  signs: readonly PartnerSigns[],
): Promise<void> => {
  if (limits.probeAfterMs === 0) return
  const partners = directory.partners()
  const idle = signs.filter(({ partner, moments, nowMs }) => {
    const askedMs = Math.max(
      0,
      ...moments.flatMap(({ answeredAt, failedAt }) => [answeredAt, failedAt].map(timeOf)),
    )
    return partner.status === 'REGISTERED' && nowMs - askedMs >= limits.probeAfterMs
  })
  for (const { partner } of idle) {
    const found = partners.find(({ id }) => id === partner.id)
    // NOTE: nobody waits for the answer: a partner that hangs must not hold up the look at the others.
    if (found !== undefined) probe(found).catch(() => undefined)
  }
}

const timeOf = (at: string | null): number => (at === null ? 0 : Date.parse(at))
