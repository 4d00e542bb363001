import type { ExchangeDirection, ExchangeStore, HealthStore, Partner, PartnerProblem } from '@interwatt/store'
import { countOf, percentileMs } from '../exchanges/answer-times.rules.js'
import { noteOf } from './ended.rules.js'
import { HEALTH_RULES } from './health.rules.js'

/** A problem as people read it: with the partner's name and where the rows behind it are. */
export interface ToldProblem extends PartnerProblem {
  readonly partnerName: string
  /** The rule in a word or two. */
  readonly word: string
  /** Page of the console and call of the API that show what it was found by. */
  readonly trace: { readonly page: string; readonly api: string }
  /** What became of it; null while it is open. */
  readonly note: string | null
}

/** What passed between this node and a partner in the last minutes. */
export interface PartnerTraffic {
  readonly partnerId: string
  readonly direction: ExchangeDirection
  readonly exchanges: number
  /** Those that did not go well. */
  readonly errors: number
  readonly p95Ms: number | null
}

/** Problems of partners, open and ended. */
export interface HealthService {
  /** What passed in the last minutes, by partner and direction; those without traffic are left out. */
  traffic(): Promise<{ readonly minutes: number; readonly items: readonly PartnerTraffic[] }>
  /** Open problems, what matters most first, and those that ended in the last hours, the latest first. */
  problems(endedHours: number): Promise<{
    /** False while no node looks after partners: then no problem is no good news. */
    readonly isWatched: boolean
    readonly open: readonly ToldProblem[]
    readonly ended: readonly ToldProblem[]
  }>
}

/** Where problems are read. */
export interface HealthServiceDeps {
  readonly health: Pick<HealthStore, 'open' | 'ended' | 'isWatched'>
  readonly exchanges: Pick<ExchangeStore, 'recent'>
  /** Has what is still counted in memory stored. */
  flush(): Promise<void>
  partners(): readonly Partner[]
  /** Changes that wait for a partner now. */
  backlogOf(partnerId: string): Promise<number>
  now(): number
}

const HOUR_MS = 3_600_000
const TRAFFIC_MINUTES = 5
const MOST_ENDED = 50

const SEVERITIES = ['bad', 'warn', 'note']
const rankOf = ({ severity, rule }: PartnerProblem): number =>
  SEVERITIES.indexOf(severity) * 100 + HEALTH_RULES.findIndex(({ name }) => name === rule)

/** Address of the rows behind a problem, for a partner. */
const traceOf = (rule: string, partnerId: string): ToldProblem['trace'] => {
  const { page = '/partners/:id', api = '/api/v1/partners/:id' } =
    HEALTH_RULES.find(({ name }) => name === rule) ?? {}
  const id = encodeURIComponent(partnerId)
  return { page: page.replace(':id', id), api: api.replace(':id', id) }
}

/** Reads problems as they were stored last. */
export const createHealthService = (deps: HealthServiceDeps): HealthService => {
  const { health, partners, backlogOf, now } = deps
  const told = async (problem: PartnerProblem): Promise<ToldProblem> => ({
    ...problem,
    partnerName: partners().find(({ id }) => id === problem.partnerId)?.name ?? problem.partnerId,
    word: HEALTH_RULES.find(({ name }) => name === problem.rule)?.word ?? problem.rule,
    trace: traceOf(problem.rule, problem.partnerId),
    note:
      problem.endedAt === null
        ? null
        : noteOf(problem, problem.rule === 'down' ? await backlogOf(problem.partnerId) : 0),
  })
  return {
    async traffic() {
      await deps.flush()
      const since = new Date(now() - TRAFFIC_MINUTES * 60_000).toISOString()
      const rows = await deps.exchanges.recent(since)
      const items = rows.map(({ partnerId, direction, refused, failed, timedOut, buckets, longestMs }) => ({
        partnerId,
        direction,
        exchanges: countOf(buckets),
        errors: refused + failed + timedOut,
        p95Ms: percentileMs(buckets, 0.95, longestMs) ?? null,
      }))
      return { minutes: TRAFFIC_MINUTES, items }
    },
    async problems(endedHours) {
      const since = new Date(now() - endedHours * HOUR_MS).toISOString()
      const [isWatched, open, ended] = await Promise.all([
        health.isWatched(new Date(now()).toISOString()),
        health.open(),
        health.ended(since, MOST_ENDED),
      ])
      return {
        isWatched,
        open: await Promise.all(open.toSorted((a, b) => rankOf(a) - rankOf(b)).map(told)),
        ended: await Promise.all(ended.map(told)),
      }
    },
  }
}
