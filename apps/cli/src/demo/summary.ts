import type { WorldSummary } from '@interwatt/simulator'
import type { DemoConnection } from './connect-platforms.js'
import { differencesOf, type Holdings, type Money, readHoldings } from './holdings.js'
import type { Platform, Platforms } from './platforms.js'
import { addTraffic, readTraffic, type Traffic } from './traffic.js'

/** What one side holds. */
export interface SideSummary {
  readonly party: string
  readonly operator_api: string
  readonly locations: number
  readonly evses: number
  readonly tariffs: number
  readonly sessions: number
  readonly cdrs: number
  /** By currency; exact decimals as text. */
  readonly totals: Readonly<Record<string, Money>>
}

/** The end of a demonstration; also printed by `--json`. */
export interface DemoSummary {
  readonly ok: boolean
  /** Why not, one sentence; null when ok. */
  readonly reason: string | null
  readonly ocpi_version: string
  readonly duration_s: number
  /** What both sides hold now, over all runs on this data folder. */
  readonly cpo: SideSummary
  readonly emsp: SideSummary
  readonly agree: boolean
  readonly differences: readonly string[]
  readonly this_run: Traffic & {
    /** False when an earlier run had registered the platforms already. */
    readonly registered: boolean
    readonly sessions_started: number
    readonly cdrs_written: number
    readonly cdrs_delivered: number
    /** Delivered CDRs whose total the eMSP could not confirm by its own calculation. */
    readonly cdrs_disputed: number
    readonly first_cdr_s: number | null
    readonly failures: Readonly<Record<string, number>>
  }
}

/** What is known of a run besides what the platforms hold. */
export interface RunFacts {
  readonly connection: DemoConnection
  readonly durationMs: number
  readonly firstCdrMs: number | undefined
  readonly world: WorldSummary
  /** Why the run did not reach its end; undefined when it did. */
  readonly reason: string | undefined
}

const sideOf = ({ party, url }: Platform, holdings: Holdings): SideSummary => {
  const { locations, evses, tariffs, sessions, cdrs, totals } = holdings
  const label = `${party.countryCode}*${party.partyId}`
  return { party: label, operator_api: `${url}/api/v1`, locations, evses, tariffs, sessions, cdrs, totals }
}

const seconds = (durationMs: number): number => Math.round(durationMs / 100) / 10

/** Requests both platforms answered since they started. */
export const trafficOf = async ({ cpo, emsp }: Platforms): Promise<Traffic> =>
  addTraffic(
    readTraffic(await cpo.operator.text('/metrics')),
    readTraffic(await emsp.operator.text('/metrics')),
  )

/** What both sides hold of the CPO's objects, and where they differ. */
export const compareSides = async ({ cpo, emsp }: Platforms) => {
  const [own, received] = await Promise.all([
    readHoldings(cpo.operator, cpo.party),
    readHoldings(emsp.operator, cpo.party),
  ])
  return { own, received, differences: differencesOf(own, received) }
}

/** Puts the summary together from what both platforms answer. */
export const summarize = async (platforms: Platforms, facts: RunFacts): Promise<DemoSummary> => {
  const { own, received, differences } = await compareSides(platforms)
  const { world } = facts
  const reason = facts.reason ?? differences[0] ?? null
  return {
    ok: reason === null,
    reason,
    ocpi_version: facts.connection.version,
    duration_s: seconds(facts.durationMs),
    cpo: sideOf(platforms.cpo, own),
    emsp: sideOf(platforms.emsp, received),
    agree: differences.length === 0,
    differences,
    this_run: {
      ...(await trafficOf(platforms)),
      registered: facts.connection.registeredNow,
      sessions_started: world.sessionsStarted,
      cdrs_written: world.cdrsWritten,
      cdrs_delivered: world.cdrsReceived,
      cdrs_disputed: world.cdrsDisputed,
      first_cdr_s: facts.firstCdrMs === undefined ? null : seconds(facts.firstCdrMs),
      failures: world.failures,
    },
  }
}
