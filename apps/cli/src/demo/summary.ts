import type { WorldSummary } from '@interwatt/simulator'
import { counted } from '../terminal/counted.js'
import type { DemoConnection, PlatformConnection } from './connect-platforms.js'
import { type Crossing, readCrossing, readWithheld } from './crossing.js'
import {
  differencesOf,
  evsesOf,
  type Holdings,
  type Money,
  readHoldings,
  shareOf,
  totalsOf,
  type Withheld,
} from './holdings.js'
import { type DemoEmsp, labelOf } from './parties.js'
import {
  type CardPaymentsSummary,
  comparePayments,
  type PaymentComparison,
  type PaymentRun,
  summarizePayments,
} from './payment-sides.js'
import { type Platform, type Platforms, partnersIn } from './platforms.js'
import { addTraffic, readTraffic, type Traffic } from './traffic.js'

/** What is billed: counts, and all CDRs added up by currency, exact decimals as text. */
export interface BillSummary {
  readonly sessions: number
  readonly cdrs: number
  readonly totals: Readonly<Record<string, Money>>
}

/** What one side holds. */
export interface SideSummary extends BillSummary {
  readonly party: string
  readonly operator_api: string
  readonly locations: number
  readonly evses: number
  readonly tariffs: number
}

/** What an eMSP holds, and how that compares with what the CPO holds for its drivers. */
export interface EmspSummary extends SideSummary {
  readonly version: string
  /** False when an earlier run had registered it already. */
  readonly registered: boolean
  /** Whether its version tells taxes; where not, amounts are compared net. */
  readonly taxes_told: boolean
  /** The sessions and CDRs of its drivers at the CPO; gross amounts only where its version tells taxes. */
  readonly at_cpo: BillSummary
  readonly agree: boolean
  readonly differences: readonly string[]
  /** Objects that its version cannot carry; they are no differences. */
  readonly withheld: readonly Withheld[]
  /** What telling the CPO's objects in its version cost. */
  readonly crossing: Crossing
  /** CDRs of this run. */
  readonly cdrs_delivered: number
}

/** A CDR that overcharges, and whether the one who pays found out how. */
export interface FoundFault {
  readonly cdr: string
  readonly fault: string
  /** What the eMSP calls it; null when it found nothing. */
  readonly named: string | null
  readonly found: boolean
  /** Codes of what stands against the CDR. */
  readonly findings: readonly string[]
}

/** A way in which a charge failed on purpose, and what a node said when it was asked why. */
export interface SaidFault {
  readonly fault: string
  readonly caused_by: string
  readonly does: string
  readonly expected: readonly string[]
  /** Null when the node said nothing. */
  readonly code: string | null
  readonly driver: string | null
  readonly support: string | null
  readonly explained: boolean
}

/** The end of a demonstration; also printed by `--json`. */
export interface DemoSummary {
  readonly ok: boolean
  /** Why not, one sentence; null when ok. */
  readonly reason: string | null
  /** Of the first eMSP. */
  readonly ocpi_version: string
  readonly duration_s: number
  /** What the CPO holds now, over all runs on this data folder: sessions and CDRs of the drivers of these eMSPs. */
  readonly cpo: SideSummary
  /** The first of `emsps`. */
  readonly emsp: EmspSummary
  readonly emsps: readonly EmspSummary[]
  /** Null without card payments. */
  readonly card_payments: CardPaymentsSummary | null
  readonly agree: boolean
  readonly differences: readonly string[]
  readonly this_run: Traffic & {
    /** False when an earlier run had registered all platforms already. */
    readonly registered: boolean
    readonly sessions_started: number
    /** For drivers of the eMSPs; card payments are counted for themselves. */
    readonly cdrs_written: number
    readonly cdrs_delivered: number
    /** Delivered CDRs whose total the eMSP could not confirm by its own calculation. */
    readonly cdrs_disputed: number
    /** Written CDRs that the CPO's own check confirmed, and delivered ones that the eMSP's did. */
    readonly cdrs_reconciled: { readonly cpo: number; readonly emsp: number }
    /** The CDRs in which the CPO overcharged on purpose, what it did and what the eMSP found; empty without --faults. */
    readonly billing_faults: readonly FoundFault[]
    /** The ways in which charges failed, and what the nodes said about each; empty without --faults all. */
    readonly start_faults: readonly SaidFault[]
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
  /** Undefined without card payments. */
  readonly payments: Omit<PaymentRun, 'connection'> | undefined
  /** Why the run did not reach its end; undefined when it did. */
  readonly reason: string | undefined
}

const billsOf = (holdings: Holdings, taxes: boolean): BillSummary => ({
  sessions: holdings.sessions.size,
  cdrs: holdings.cdrs.size,
  totals: totalsOf(holdings, taxes),
})

const sideOf = ({ party, url }: Platform, holdings: Holdings, taxes: boolean): SideSummary => ({
  party: labelOf(party),
  operator_api: `${url}/api/v1`,
  locations: holdings.locations.size,
  evses: evsesOf(holdings),
  tariffs: holdings.tariffs.size,
  ...billsOf(holdings, taxes),
})

const seconds = (durationMs: number): number => Math.round(durationMs / 100) / 10

/** Requests all platforms answered since they started. */
export const trafficOf = async (platforms: Platforms): Promise<Traffic> => {
  const all = await Promise.all(
    [platforms.cpo, ...partnersIn(platforms)].map(async ({ operator }) =>
      readTraffic(await operator.text('/metrics')),
    ),
  )
  return all.reduce(addTraffic)
}

/** An eMSP beside the CPO: what both hold of what concerns it. */
interface Pair {
  readonly emsp: Platform<DemoEmsp>
  readonly connection: PlatformConnection
  /** The CPO's objects, with the sessions and CDRs of its drivers only. */
  readonly share: Holdings
  readonly received: Holdings
  readonly withheld: readonly Withheld[]
  readonly differences: readonly string[]
}

const compare = async (
  { cpo, emsps }: Platforms,
  own: Holdings,
  emsp: Platform<DemoEmsp>,
  connection: PlatformConnection,
): Promise<Pair> => {
  const received = await readHoldings(emsp.operator, cpo.party)
  const share = shareOf(own, [emsp.party])
  const withheld = await readWithheld({ cpo, partnerId: connection.partnerId }, share, received)
  const name = emsps.length === 1 ? 'the eMSP' : `the eMSP on ${connection.version}`
  const differences = differencesOf(share, received, { name, taxes: emsp.party.taxes, withheld })
  return { emsp, connection, share, received, withheld, differences }
}

/** What all sides hold of the CPO's objects, and where they differ. */
export const compareSides = async (platforms: Platforms, connection: DemoConnection) => {
  const { cpo, emsps, ptp } = platforms
  const own = await readHoldings(cpo.operator, cpo.party)
  const pairOf = (index: number, emsp: Platform<DemoEmsp>): Promise<Pair> =>
    compare(platforms, own, emsp, connection.emsps[index] ?? connection.emsps[0])
  const pairs: [Pair, ...Pair[]] = [await pairOf(0, emsps[0])]
  for (const [index, emsp] of emsps.slice(1).entries()) pairs.push(await pairOf(index + 1, emsp))
  const drivers = emsps.map(({ party }) => party)
  const payments = ptp && (await comparePayments(cpo, ptp, own))
  const differences = [...pairs, ...(payments === undefined ? [] : [payments])].flatMap(
    (pair) => pair.differences,
  )
  return { own: shareOf(own, drivers), pairs, payments, differences }
}

const emspSummary = async (cpo: Platform, pair: Pair, world: WorldSummary): Promise<EmspSummary> => {
  const { emsp, connection, share, received, withheld, differences } = pair
  const { version, registeredNow, partnerId } = connection
  const { taxes } = emsp.party
  return {
    ...sideOf(emsp, received, taxes),
    version,
    registered: registeredNow,
    taxes_told: taxes,
    at_cpo: billsOf(share, taxes),
    agree: differences.length === 0,
    differences,
    withheld,
    crossing: await readCrossing({ cpo, partnerId }, version, share),
    cdrs_delivered: world.receivedBy[labelOf(emsp.party)] ?? 0,
  }
}

const cardPayments = (
  { ptp }: Platforms,
  compared: PaymentComparison | undefined,
  { connection, payments }: RunFacts,
): CardPaymentsSummary | null =>
  ptp && compared && payments && connection.ptp
    ? summarizePayments(ptp, compared, { ...payments, connection: connection.ptp })
    : null

const disputedPayments = ({ payments }: RunFacts): string | null => {
  const disputed = payments?.payments.disputed ?? 0
  return disputed === 0 ? null : `${counted(disputed, 'card payment')} looked different at the two sides.`
}

const writtenFor = ({ emsps }: Platforms, { writtenBy }: WorldSummary): number =>
  emsps.reduce((sum, { party }) => sum + (writtenBy[labelOf(party)] ?? 0), 0)

const foundFaults = ({ billingFaults }: WorldSummary): readonly FoundFault[] =>
  billingFaults.map(({ cdr, fault, named, findings }) => ({
    cdr,
    fault,
    named: named ?? null,
    found: named === fault,
    findings,
  }))

const saidFaults = ({ startFaults }: WorldSummary): readonly SaidFault[] =>
  startFaults.map(({ fault, causedBy, does, expected, code, driver, support, explained }) => ({
    ...{ fault, caused_by: causedBy, does, expected, explained },
    code: code ?? null,
    driver: driver ?? null,
    support: support ?? null,
  }))

/** Which charge failed and was not explained with the right cause. */
export const unexplained = ({ startFaults }: WorldSummary): string | undefined => {
  const missed = startFaults.filter(({ explained }) => !explained)
  const [first] = missed
  return first === undefined
    ? undefined
    : `${counted(missed.length, 'fault')} not explained, such as ${first.fault}: ${first.expected.at(-1)} was expected and ${first.code ?? 'nothing'} said.`
}

/** What is wrong with the bills of a run: CDRs nobody meant to be wrong, and faults nobody found. */
export const unreconciled = (world: WorldSummary): string | undefined => {
  const { cdrsWritten, cdrsChecked, cdrsDisputed, billingFaults } = world
  if (cdrsChecked < cdrsWritten)
    return `${counted(cdrsWritten - cdrsChecked, 'CDR does', 'CDRs do')} not pass the CPO's own check.`
  const missed = foundFaults(world).filter(({ found }) => !found)
  const [first] = missed
  if (first !== undefined)
    return `${counted(missed.length, 'overcharge', 'overcharges')} not found by the eMSP, such as ${first.fault} in CDR ${first.cdr}.`
  const innocent = cdrsDisputed - billingFaults.length
  return innocent > 0 ? `${counted(innocent, 'CDR is', 'CDRs are')} not confirmed by the eMSP.` : undefined
}

/** Puts the summary together from what the platforms answer. */
export const summarize = async (platforms: Platforms, facts: RunFacts): Promise<DemoSummary> => {
  const { world, connection } = facts
  const { own, pairs, payments, differences } = await compareSides(platforms, connection)
  const [first, ...others] = pairs
  const reason =
    facts.reason ??
    differences[0] ??
    disputedPayments(facts) ??
    unexplained(world) ??
    unreconciled(world) ??
    null
  const emsp = await emspSummary(platforms.cpo, first, world)
  const emsps = [emsp]
  for (const pair of others) emsps.push(await emspSummary(platforms.cpo, pair, world))
  return {
    ok: reason === null,
    reason,
    ocpi_version: emsp.version,
    duration_s: seconds(facts.durationMs),
    cpo: sideOf(platforms.cpo, own, true),
    emsp,
    emsps,
    card_payments: cardPayments(platforms, payments, facts),
    agree: differences.length === 0,
    differences,
    this_run: {
      ...(await trafficOf(platforms)),
      registered: emsps.some(({ registered }) => registered),
      sessions_started: world.sessionsStarted,
      cdrs_written: writtenFor(platforms, world),
      cdrs_delivered: world.cdrsReceived,
      cdrs_disputed: world.cdrsDisputed,
      cdrs_reconciled: { cpo: world.cdrsChecked, emsp: world.cdrsReconciled },
      billing_faults: foundFaults(world),
      start_faults: saidFaults(world),
      first_cdr_s: facts.firstCdrMs === undefined ? null : seconds(facts.firstCdrMs),
      failures: world.failures,
    },
  }
}
