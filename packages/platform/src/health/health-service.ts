import type { HealthStore, Partner, PartnerProblem } from '@interwatt/store'
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

/** Problems of partners, open and ended. */
export interface HealthService {
  /** Open problems, what matters most first, and those that ended in the last hours, the latest first. */
  problems(
    endedHours: number,
  ): Promise<{ readonly open: readonly ToldProblem[]; readonly ended: readonly ToldProblem[] }>
}

/** Where problems are read. */
export interface HealthServiceDeps {
  readonly health: Pick<HealthStore, 'open' | 'ended'>
  partners(): readonly Partner[]
  /** Changes that wait for a partner now. */
  backlogOf(partnerId: string): Promise<number>
  now(): number
}

const HOUR_MS = 3_600_000
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
export const createHealthService = ({
  health,
  partners,
  backlogOf,
  now,
}: HealthServiceDeps): HealthService => {
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
    async problems(endedHours) {
      const since = new Date(now() - endedHours * HOUR_MS).toISOString()
      const [open, ended] = await Promise.all([health.open(), health.ended(since, MOST_ENDED)])
      return {
        open: await Promise.all(open.toSorted((a, b) => rankOf(a) - rankOf(b)).map(told)),
        ended: await Promise.all(ended.map(told)),
      }
    },
  }
}
