import type {
  ExchangeStore,
  FindingStore,
  Partner,
  PartnerFinding,
  ScorecardStore,
  SyncStore,
} from '@interwatt/store'
import { isWithheldText } from '@interwatt/sync'
import { problem, type Result } from '../result.js'
import { answerHours, answerRows } from './answers.rules.js'
import { measuresOf } from './measures.rules.js'
import type { FindingRow, Scorecard } from './scorecard.js'

/** How partners do. */
export interface ScorecardService {
  /** Of a partner over the last days; refused when there is no such partner. */
  of(partnerId: string, days: number): Promise<Result<Scorecard>>
}

/** Where a scorecard is counted. */
export interface ScorecardDeps {
  readonly exchanges: ExchangeStore
  readonly scorecards: ScorecardStore
  readonly findings: Pick<FindingStore, 'list'>
  readonly sync: Pick<SyncStore, 'refusals'>
  partnerOf(id: string): Partner | undefined
  /** Has what is still counted in memory stored. */
  flush(): Promise<void>
  now(): number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Status changes and refusals that are looked at, at most: the newest. */
const MOST_CHANGES = 10_000
const MOST_FINDINGS = 1_000

/** Findings since a time, by rule, the most frequent first. */
const findingRows = (findings: readonly PartnerFinding[], from: string): readonly FindingRow[] => {
  const rows = new Map<string, FindingRow>()
  for (const { partnerId, rule, severity, count, lastAt } of findings.filter((each) => each.lastAt >= from)) {
    const before = rows.get(`${rule} ${severity}`)
    const id = encodeURIComponent(partnerId)
    rows.set(`${rule} ${severity}`, {
      rule,
      severity,
      kinds: (before?.kinds ?? 0) + 1,
      count: (before?.count ?? 0) + count,
      lastAt: before !== undefined && before.lastAt > lastAt ? before.lastAt : lastAt,
      trace: { api: `/api/v1/partners/${id}/findings`, page: `/partners/${id}?tab=findings` },
    })
  }
  return [...rows.values()].sort((a, b) => b.count - a.count)
}

/** Counts scorecards when they are asked for. */
export const createScorecardService = (deps: ScorecardDeps): ScorecardService => ({
  async of(partnerId, days) {
    const partner = deps.partnerOf(partnerId)
    if (partner === undefined) return problem(404, 'No such partner', 'There is no partner of this id.')
    await deps.flush()
    const { exchanges, scorecards, findings, sync, now } = deps
    const ago = (ms: number): string => new Date(now() - ms).toISOString()
    const [from, to] = [ago(days * DAY_MS), ago(0)]
    // An hour that began before counts as a whole: answers are counted by hours.
    const hour = ago(days * DAY_MS + HOUR_MS)
    const parties = [
      ...new Map(partner.roles.map(({ party }) => [`${party.countryCode}${party.partyId}`, party])).values(),
    ]
    const [totals, hours, minutes, ages, delays, cdrs, prices, missing, refusals, found] = await Promise.all([
      exchanges.totals(partnerId, hour),
      exchanges.hours(partnerId, ago(DAY_MS)),
      exchanges.minutes(partnerId, hour),
      scorecards.statusAges(partnerId, parties, to),
      scorecards.statusDelays(partnerId, from, MOST_CHANGES),
      scorecards.cdrDelays(partnerId, from),
      scorecards.priceAgreement(partnerId, from),
      scorecards.missingCdrs(partnerId, from, ago(DAY_MS)),
      sync.refusals({ partnerId, limit: MOST_CHANGES }),
      findings.list(partnerId, MOST_FINDINGS),
    ])
    const rows = findingRows(found, from)
    const counted = {
      partnerId,
      from,
      totals,
      minutes,
      ages,
      delays,
      cdrs,
      prices,
      missing,
      // NOTE: what our side keeps back, because its version cannot say it, is no answer of the partner.
      refusals: refusals.filter(({ message }) => !isWithheldText(message)).length,
      findings: rows,
    }
    const differing = new URLSearchParams({ received_from: partnerId, outcome: 'differs' }).toString()
    return {
      kind: 'done',
      value: {
        partnerId,
        from,
        to,
        days,
        measures: measuresOf(counted),
        answers: answerRows(totals, from),
        hours: answerHours(hours),
        prices: prices.map((row) => ({
          ...row,
          trace: {
            api: `/api/v1/cdrs?${differing}`,
            page: `/cdrs?${differing.replace('received_from=', 'from=')}`,
          },
        })),
        findings: rows,
      },
    }
  },
})
