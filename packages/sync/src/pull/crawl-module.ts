import { randomUUID } from 'node:crypto'
import type { ClientPartner, Outcome } from '@interwatt/client'
import { formatDateTime, isJsonObject, type PartyId, versionOf } from '@interwatt/protocol'
import type { HostedParty, ObjectKey, Partner, PullState } from '@interwatt/store'
import { hostsOf } from '../partner-hosts.js'
import type { PulledItem, SyncDeps, SyncLimits } from '../ports.js'
import { planNextPage } from './crawl.rules.js'
import { keyOfItem } from './item-key.js'
import {
  isRetirable,
  lists,
  needsDateFrom,
  type PullLeg,
  type PullModule,
  planLegs,
} from './pull-legs.rules.js'
import { nameOf, readItems, type SkippedItem, watermarkOf } from './read-items.js'
import { retireUnseen } from './retire-unseen.js'
import { nextDueMs, type PullStep, pullRetryMs } from './schedule.rules.js'

/** Everything a crawl of one partner works with. */
export interface PullContext {
  readonly deps: SyncDeps
  readonly limits: SyncLimits
  readonly partner: Partner
  readonly target: ClientPartner
  readonly hosted: readonly HostedParty[]
  /** Parties behind this hub whose objects a list may lack although they are not gone. */
  offline(): Promise<readonly PartyId[]>
  readonly signal: AbortSignal
}

type Crawl = NonNullable<PullState['crawl']>
type CrawlBegin = Extract<PullStep, { kind: 'full' | 'delta' | 'resume' }>

const epoch = '1970-01-01T00:00:00.000Z'

const emptyState = (partnerId: string, module: PullModule): PullState => ({
  partnerId,
  module,
  crawl: null,
  watermark: null,
  lastFullAt: null,
  lastDeltaAt: null,
  dueAt: null,
  lastError: null,
  failures: 0,
})

/** Crawls one module from where it stands to its end, page by page; state is stored after every page. */
export const crawlModule = async (
  context: PullContext,
  module: PullModule,
  begin: { readonly state: PullState | undefined; readonly step: CrawlBegin },
): Promise<void> => {
  const { deps, partner, signal } = context
  let state = begin.state ?? emptyState(partner.id, module)
  let crawl = begin.step.kind === 'resume' ? state.crawl : null
  if (crawl === null) {
    if (state.crawl !== null) await deps.sync.forgetCrawl(state.crawl.id)
    crawl = await newCrawl(context, module, begin)
  }
  const visited = new Set<string>(crawl.nextUrl === null ? [] : [crawl.nextUrl])
  const counts = { received: 0, skipped: 0, changed: 0 }
  while (!signal.aborted) {
    const leg = legAt(context, module, crawl.leg)
    if (leg === undefined) return finish(context, module, { state, crawl, counts })
    const outcome = await requestPage(context, module, { crawl, leg })
    if (signal.aborted) return
    if (outcome.kind !== 'ok') return interrupt(context, { ...state, crawl }, outcome)
    crawl = await takePage(context, module, { crawl, leg, outcome, visited, counts })
    state = { ...state, crawl, failures: 0, lastError: null }
    await deps.sync.putPull(state)
    tellProgress(context, module, { crawl, counts })
  }
}

const legAt = (context: PullContext, module: PullModule, leg: number): PullLeg | undefined => {
  const { partner, hosted, target } = context
  const routed = versionOf(target.version)?.traits.routingHeaders ?? false
  return planLegs(module, partner, { hosted, routed })[leg]
}

const newCrawl = async (
  { deps }: PullContext,
  module: PullModule,
  { state, step }: { readonly state: PullState | undefined; readonly step: CrawlBegin },
): Promise<Crawl> => {
  const dateFrom = step.kind === 'delta' ? step.dateFrom : needsDateFrom(module) ? epoch : null
  return {
    id: randomUUID(),
    mode: step.kind === 'delta' ? 'delta' : 'full',
    nextUrl: null,
    startedAt: new Date(deps.clock()).toISOString(),
    dateFrom,
    startedSeq: await deps.sync.newestSeq([nameOf(module)]),
    leg: 0,
    pages: 0,
    total: null,
    complete: true,
    watermark: null,
    ...(state?.asked === undefined ? {} : { answers: state.asked.id }),
  }
}

/** The first page of a leg is asked at the endpoint; every other link is followed as it is (TRN-071). */
const requestPage = (
  { deps, limits, partner, target, signal }: PullContext,
  module: PullModule,
  { crawl, leg }: { readonly crawl: Crawl; readonly leg: PullLeg },
): Promise<Outcome> => {
  const context = { ...leg, timeoutMs: limits.pageTimeoutMs, signal }
  if (crawl.nextUrl !== null)
    return deps.client.get(target, crawl.nextUrl, {
      ...context,
      version: target.version,
      allowedHosts: hostsOf(partner),
    })
  const digits = versionOf(target.version)?.traits.fractionDigits ?? 3
  const dates =
    crawl.dateFrom === null ? {} : { date_from: formatDateTime(Date.parse(crawl.dateFrom), digits) }
  const query = { ...dates, limit: String(limits.pageSize) }
  return deps.client.call(target, lists[module].operation, { params: {}, query }, context)
}

interface PageTaken {
  readonly crawl: Crawl
  readonly leg: PullLeg
  readonly outcome: Extract<Outcome, { kind: 'ok' }>
  readonly visited: Set<string>
  readonly counts: { received: number; skipped: number; changed: number }
}

/** Stores a page and answers where the crawl stands now. */
const takePage = async (context: PullContext, module: PullModule, page: PageTaken): Promise<Crawl> => {
  const { deps, partner, target, limits } = context
  const { crawl, leg, outcome, visited, counts } = page
  const received: readonly unknown[] = Array.isArray(outcome.data) ? outcome.data : []
  const facts = await deps.factsOfPulled(partner, received.filter(isJsonObject), leg)
  const cutLongTexts = deps.cutsLongTexts?.(partner.id) ?? false
  const source = { module, partner, version: target.version, leg, facts, cutLongTexts }
  const { items, skipped } = await readItems(outcome.data, source)
  if (items.length > 0) counts.changed += (await deps.applyPulled(partner, nameOf(module), items)).changed
  const findings = [...items, ...skipped].flatMap((entry) => entry.findings)
  if (findings.length > 0) deps.onFindings(partner.id, `pull.${module}`, findings)
  counts.received += items.length
  counts.skipped += skipped.length
  if (crawl.mode === 'full' && isRetirable(module))
    await deps.sync.markSeen(crawl.id, seenKeys({ module, partnerId: partner.id }, items, skipped))
  if (skipped.length > 0) {
    const data = { module, skipped: skipped.slice(0, 20), count: skipped.length }
    deps.onEvent({ type: 'sync.pull.skipped', subject: partner.id, data })
  }
  const position = { pages: crawl.pages + 1, total: crawl.total ?? undefined, visited }
  const step = planNextPage(position, outcome, limits.maxPages)
  const next = step.kind === 'follow' ? step.url : null
  if (next !== null) visited.add(next)
  // NOTE: an object that does not tell its key is at the partner all the same: nothing can be retired then.
  const told = skipped.every((item) => item.key !== undefined)
  const complete = crawl.complete && step.complete && Array.isArray(outcome.data) && told
  return {
    ...crawl,
    nextUrl: next,
    leg: next === null ? crawl.leg + 1 : crawl.leg,
    pages: crawl.pages + 1,
    total: next === null ? null : (outcome.total ?? null),
    complete,
    watermark: watermarkOf(crawl.watermark, items),
  }
}

/** Objects that were on the page, the unreadable ones too: they are not gone. */
const seenKeys = (
  { module, partnerId }: { readonly module: PullModule; readonly partnerId: string },
  items: readonly PulledItem[],
  skipped: readonly SkippedItem[],
): readonly ObjectKey[] =>
  [
    ...items.map((item) => keyOfItem(module, item.document, { partnerId, owner: item.owner })),
    ...skipped.map((item) => item.key),
  ].filter((key) => key !== undefined)

const finish = async (
  context: PullContext,
  module: PullModule,
  ended: { readonly state: PullState; readonly crawl: Crawl; readonly counts: PageTaken['counts'] },
): Promise<void> => {
  const { deps, partner, limits, signal } = context
  const { state, crawl, counts } = ended
  const full = crawl.mode === 'full'
  const retired = (await mayRetire(context, module, crawl))
    ? await retireUnseen(context, { module, crawl })
    : 0
  if (signal.aborted) return
  const nowMs = deps.clock()
  const now = new Date(nowMs).toISOString()
  const lastFullMs = full || state.lastFullAt === null ? nowMs : Date.parse(state.lastFullAt)
  const due = nextDueMs({ nowMs, lastFullMs }, limits.schedule, deps.random)
  await deps.sync.putPull({
    ...state,
    crawl: null,
    watermark: later(state.watermark, crawl.watermark) ?? crawl.startedAt,
    lastFullAt: full ? now : state.lastFullAt,
    lastDeltaAt: full ? state.lastDeltaAt : now,
    dueAt: new Date(due).toISOString(),
    lastError: null,
    failures: 0,
  })
  if (crawl.answers !== undefined) await deps.sync.answerPull(partner.id, module, crawl.answers)
  await deps.sync.forgetCrawl(crawl.id)
  const data = { module, mode: crawl.mode, pages: crawl.pages, ...counts, retired, complete: crawl.complete }
  deps.onEvent({ type: 'sync.pull.finished', subject: partner.id, data })
}

/** Only what saw everything may; one that was asked for since may have missed a party that came back meanwhile. */
const mayRetire = async (
  { deps, partner }: PullContext,
  module: PullModule,
  { mode, complete, dateFrom, answers }: Crawl,
): Promise<boolean> => {
  if (mode !== 'full' || !complete || dateFrom !== null || !isRetirable(module)) return false
  const latest = await deps.sync.pull(partner.id, module)
  return latest?.asked === undefined || latest.asked.id === answers
}

const later = (a: string | null, b: string | null): string | null => {
  if (a === null || b === null) return a ?? b
  return Date.parse(b) > Date.parse(a) ? b : a
}

/** A crawl that cannot go on now: resumed after an outage, begun anew when the partner no longer takes the link. */
const interrupt = async (
  { deps, limits, partner }: PullContext,
  state: PullState,
  outcome: Exclude<Outcome, { kind: 'ok' }>,
): Promise<void> => {
  const dropped = outcome.kind !== 'outage' && state.crawl !== null
  if (dropped && state.crawl !== null) await deps.sync.forgetCrawl(state.crawl.id)
  const failures = state.failures + 1
  const askedMs = outcome.kind === 'outage' ? (outcome.retryAfterMs ?? 0) : 0
  const waitMs = Math.max(pullRetryMs(failures, limits.schedule, deps.random), Math.min(askedMs, 3_600_000))
  const lastError = describe(outcome)
  await deps.sync.putPull({
    ...state,
    crawl: dropped ? null : state.crawl,
    dueAt: new Date(deps.clock() + waitMs).toISOString(),
    lastError,
    failures,
  })
  const data = { module: state.module, error: lastError, failures }
  deps.onEvent({ type: 'sync.pull.failed', subject: partner.id, data })
}

const describe = (outcome: Exclude<Outcome, { kind: 'ok' }>): string =>
  outcome.kind === 'not_offered' ? 'the partner has no such endpoint' : outcome.message.slice(0, 500)

const tellProgress = (
  { deps, partner }: PullContext,
  module: PullModule,
  { crawl, counts }: { readonly crawl: Crawl; readonly counts: PageTaken['counts'] },
): void => {
  const data = { module, mode: crawl.mode, pages: crawl.pages, total: crawl.total, ...counts }
  deps.onEvent({ type: 'sync.pull.progress', subject: partner.id, data })
}
