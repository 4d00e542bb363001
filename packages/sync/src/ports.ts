import type { ClientPartner, OcpiClient } from '@interwatt/client'
import type { CrossingFacts, DocumentName, Finding, JsonObject, PartyId } from '@interwatt/protocol'
import type {
  Document,
  HostedParty,
  NodeEvent,
  ObjectKey,
  ObjectStore,
  Partner,
  PartnerStore,
  SyncStore,
} from '@interwatt/store'
import type { ReturnedParty } from './pull/pull-again.rules.js'
import type { PullSchedule } from './pull/schedule.rules.js'
import type { BackoffLimits } from './push/retry.rules.js'

/** One object of a page, checked against the partner's version and lifted to the canonical shape. */
export interface PulledItem {
  readonly document: Document
  /** As the partner sent it, after tolerant repairs, in the partner's version. */
  readonly received: Document
  /** What the canonical shape cannot carry. */
  readonly unmapped: unknown
  /** Deviations that were tolerated. */
  readonly findings: readonly Finding[]
  /** Whose it is: the party it names, or the one that was asked. */
  readonly owner: PartyId
  /** Our party for which the list was read. */
  readonly askedFor: PartyId
}

/** Kinds that are pulled. */
export type PulledName = Extract<
  DocumentName,
  | 'location'
  | 'tariff'
  | 'token'
  | 'session'
  | 'cdr'
  | 'client_info'
  | 'terminal'
  | 'financial_advice_confirmation'
  | 'invoice_reconciliation_record'
  | 'booking_location'
  | 'booking'
>

/** How much a line of the log matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What delivery needs from the node it runs in. */
export interface SyncDeps {
  readonly objects: ObjectStore
  readonly sync: SyncStore
  readonly partners: PartnerStore
  readonly client: OcpiClient
  /** The partner with its token in clear text; undefined when it has none or no version. */
  openPartner(partner: Partner): ClientPartner | undefined
  hostedParties(): Promise<readonly HostedParty[]>
  /** What a page of a partner leaves to its surroundings: whose the objects are, and the tokens they name by contract. */
  factsOfPulled(
    partner: Partner,
    items: readonly JsonObject[],
    leg: { readonly from: PartyId; readonly to: PartyId },
  ): Promise<CrossingFacts>
  /** Stores a page: idempotent, newer wins, equal content wakes nobody. Answers how many rows changed. */
  applyPulled(
    partner: Partner,
    name: PulledName,
    items: readonly PulledItem[],
  ): Promise<{ readonly changed: number }>
  /** Withdraws objects that a complete crawl without date filters did not see (LOC-012, TAR-003, TOK-006). */
  retire(partner: Partner, keys: readonly ObjectKey[]): Promise<void>
  /** Epoch milliseconds. */
  clock(): number
  /** Uniform in [0, 1). */
  random(): number
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void
  /** Things worth telling operators; must not throw or wait. */
  onEvent(event: NodeEvent): void
  /**
   * Deviations of a partner: of pulled objects (`pull.<module>`), tolerated ones and those an object was skipped for, and of how it
   * takes what is pushed (`push.<kind>`); must not throw or wait.
   */
  onFindings(partnerId: string, operation: string, findings: readonly Finding[]): void
  /** Whether free texts of this partner that are too long are cut instead of refused; nobody's when left out. */
  cutsLongTexts?(partnerId: string): boolean
  readonly limits?: Partial<SyncLimits>
}

/** Bounds of delivery on one node; times in milliseconds. */
export interface SyncLimits {
  /** Partners served at a time by this node. */
  readonly maxPartners: number
  /** Requests in flight to one partner. */
  readonly requestsPerPartner: number
  readonly requestTimeoutMs: number
  readonly pageTimeoutMs: number
  /** Objects asked for per page. */
  readonly pageSize: number
  /** Pages of one crawl; a crawl that is longer retires nothing. */
  readonly maxPages: number
  readonly leaseMs: number
  /** How long one node keeps a quiet partner before others may have it. */
  readonly shiftMs: number
  /** How often free partners are looked for, and committed changes at the latest. */
  readonly pollMs: number
  /** How long `stop` waits for requests in flight before it aborts them. */
  readonly stopMs: number
  readonly backoff: BackoffLimits
  readonly schedule: PullSchedule
  /** Objects per partner of which it is remembered what was sent last. */
  readonly rememberedObjects: number
}

/** Changes not yet delivered, per module that the partner receives. */
export interface SyncStatus {
  readonly backlog: Readonly<Record<string, number>>
}

/** Push, pull and delivery state of all partners. */
export interface Sync {
  start(): void
  /** Finishes or aborts what is in flight, within `stopMs`, and gives every lease back. */
  stop(): Promise<void>
  /** Looks again now, breaker open or not: at one partner, or at all. */
  kick(partnerId?: string): void
  /** Pushes everything again in its newest state and pulls everything again; CDRs once delivered stay delivered. */
  resync(partnerId: string): Promise<void>
  /** Parties behind a hub are there again: what they own is pulled now, not only with the next delta (HCI-012). */
  pullAgain(partnerId: string, returned: readonly ReturnedParty[]): Promise<void>
  status(partnerId: string): Promise<SyncStatus>
}
