import type {
  Finding,
  Loss,
  LossRow,
  ocpi230,
  PartyId,
  PartyObjectKind,
  PartyRole,
  VersionId,
} from '@interwatt/protocol'
import type {
  ActiveProfile,
  AgreedModule,
  AuthorizationRecord,
  BookingOrder,
  Command,
  CommandType,
  Document,
  HostedParty,
  ObjectKey,
  Page,
  PageQuery,
  Partner,
  PartnerFinding,
  PartnerPricing,
  PartnerProfile,
  ProfileRequest,
  Refusal,
  StoredObject,
  SyncPartner,
  TariffState,
  TokenRule,
  UninvoicedQuery,
} from '@interwatt/store'
import type { CdrCheckService } from './cdr-checks/port.js'
import type { ConversationService } from './conversation/conversation-service.js'
import type { DriverService } from './drivers/driver-service.js'
import type { ReportService } from './drivers/reports/report-service.js'
import type { HealthService } from './health/health-service.js'
import type { Uninvoiced } from './invoices/invoice-service.js'
import type { Reconciliation } from './invoices/reconcile.rules.js'
import type { LinkedPayment } from './payments/payment.rules.js'
import type { PriceService } from './prices/price-service.js'
import type { DetectedQuirk } from './quirks/quirks.rules.js'
import type { Result } from './result.js'
import type { ScorecardService } from './scorecard/scorecard-service.js'
import type { StationIndexService } from './stations/index.js'
import type { StatusService } from './statuses/status-service.js'

export * from './result.js'

/** What a node can do, behind the operator API. Expected outcomes are returned as a tagged union; what is thrown is a bug. */
export interface NodeServices {
  readonly parties: PartyService
  readonly partners: PartnerService
  readonly objects: ObjectService
  readonly commands: CommandService
  readonly authorizations: AuthorizationService
  readonly chargingProfiles: ChargingProfileService
  readonly terminals: TerminalService
  readonly payments: PaymentService
  readonly invoices: InvoiceService
  readonly bookings: BookingService
  readonly cdrChecks: CdrCheckService
  readonly prices: PriceService
  readonly conversation: ConversationService
  readonly stations: StationIndexService
  readonly drivers: DriverService
  readonly problemReports: ReportService
  readonly health: HealthService
  readonly scorecards: ScorecardService
  readonly statuses: StatusService
}

/** Something about an own object that breaks a rule once it is seen together with others. */
export interface PartyFinding extends Finding {
  readonly object: ObjectKey
}

/** Parties this node hosts. */
export interface PartyService {
  put(party: HostedParty): Promise<Result<HostedParty>>
  list(): Promise<readonly HostedParty[]>
  /** What is wrong across the objects of a hosted party, at most `limit`; undefined when it is not hosted here. */
  findings(party: PartyId, limit: number): Promise<readonly PartyFinding[] | undefined>
}

/** A partner as the operator sees it; tokens never appear. */
export interface PartnerView {
  readonly partner: Omit<Partner, 'outboundToken'>
  readonly sync: SyncPartner | undefined
  /** Changes not yet delivered, per module. */
  readonly backlog: Readonly<Record<string, number>>
  readonly refusals: number
}

/** What is known and agreed about how a partner deviates from its version. */
export interface ProfileView {
  readonly detected: readonly DetectedQuirk[]
  readonly profile: PartnerProfile
}

/** Connections to other platforms. */
export interface PartnerService {
  /** Makes token A. It is shown once, here. */
  invite(input: {
    readonly name: string
    /** Role of the partner and party of ours, for versions that connect one party each. */
    readonly role?: PartyRole
    readonly party?: PartyId
    readonly agreedModules?: readonly AgreedModule[]
  }): Promise<
    Result<{
      id: string
      token_a: string
      versions_url: string
      cpo_versions_url: string
      emsp_versions_url: string
    }>
  >
  /** Registers with a partner as Sender; done when the handshake is done, or the reason why not. */
  register(input: {
    /** Id for the new partner; an attempt that goes on an earlier one keeps its own. */
    readonly id?: string
    readonly name: string
    readonly versionsUrl: string
    readonly tokenA: string
    readonly version?: VersionId
    /** Role of the partner and party of ours, for versions that connect one party each. */
    readonly role?: PartyRole
    readonly party?: PartyId
    readonly agreedModules?: readonly AgreedModule[]
  }): Promise<Result<PartnerView>>
  /** A new token A for a partner that lost its credentials (CRD-036). */
  reinvite(id: string): Promise<
    Result<{
      id: string
      token_a: string
      versions_url: string
      cpo_versions_url: string
      emsp_versions_url: string
    }>
  >
  list(): Promise<readonly PartnerView[]>
  get(id: string): Promise<PartnerView | undefined>
  rotate(id: string): Promise<Result<PartnerView>>
  /** Unregisters: tells the partner, then forgets it whatever it answered. */
  remove(id: string): Promise<Result<{ readonly told: boolean }>>
  /**
   * Changes what an operator decides about a partner: its name, what it may do (CMD-042, ROL-012), and which modules beyond
   * the core it is offered (PAY-041, INV-034).
   */
  update(
    id: string,
    change: {
      readonly name?: string
      readonly unlockAllowed?: boolean
      readonly profilesAllowed?: boolean
      readonly isTest?: boolean
      readonly agreedModules?: readonly AgreedModule[]
    },
  ): Promise<Result<PartnerView>>
  suspend(id: string): Promise<Result<PartnerView>>
  resume(id: string): Promise<Result<PartnerView>>
  /** Pushes everything again and pulls everything again. */
  resync(id: string): Promise<Result<PartnerView>>
  refusals(id: string): Promise<readonly Refusal[]>
  /** What objects lose on the way to the partner and from it because of its version; empty for the version objects are stored in. */
  losses(
    id: string,
  ): Promise<Result<{ readonly sent: readonly LossRow[]; readonly received: readonly LossRow[] }>>
  /** Habits that the partner's messages show, and what was agreed about them. */
  profile(id: string): Promise<Result<ProfileView>>
  /** Sets what is agreed; replaces what was. */
  setProfile(id: string, profile: PartnerProfile): Promise<Result<ProfileView>>
  /** How CDRs of the partner are checked; the defaults where nothing was agreed. */
  pricing(id: string): Promise<Result<PartnerPricing>>
  /** Agrees on it; replaces what was. CDRs checked before keep their checks. */
  setPricing(id: string, pricing: PartnerPricing): Promise<Result<PartnerPricing>>
  /** How the partner's messages deviate from its version, each kind once with a count, the latest first. */
  findings(id: string): Promise<readonly PartnerFinding[]>
}

/** What became of a write of an own object. */
export interface Written {
  readonly created: boolean
  readonly object: StoredObject
  /** What the object breaks together with others: it was stored all the same. */
  readonly findings: readonly Finding[]
}

/** For whom an object is shown: in a version, or as a partner is sent it. */
export type ShownAs = { readonly version: VersionId } | { readonly partnerId: string }

/** An object in a version: the document, or why there is none; with everything the crossing costs. */
export type ShownObject = {
  readonly object: StoredObject
  readonly version: VersionId
  /** Pointers are into the canonical document. */
  readonly losses: readonly Loss[]
} & (
  | { readonly document: Document; readonly withheld: null }
  | { readonly document: null; readonly withheld: string }
)

/** A state of a tariff in the version asked for; `withheld` says why that version has no words for it. */
export type ShownTariffState = Omit<TariffState, 'document' | 'unmapped'> &
  ({ readonly document: Document } | { readonly withheld: string })

/** Own and received objects, canonical unless a version is named. */
export interface ObjectService {
  /** Replaces or creates an own object; `version` says in which version the body is. */
  put(key: ObjectKey, body: unknown, version: VersionId): Promise<Result<Written>>
  /** Changes fields of an own object. */
  patch(key: ObjectKey, body: unknown, version: VersionId): Promise<Result<Written>>
  /** Withdraws an own object: tariffs are deleted, EVSEs become REMOVED, tokens invalid; sessions and CDRs stay. */
  remove(key: ObjectKey): Promise<Result<Written>>
  putConnector(
    key: ObjectKey,
    connectorId: string,
    body: unknown,
    version: VersionId,
  ): Promise<Result<Written>>
  patchConnector(
    key: ObjectKey,
    connectorId: string,
    body: unknown,
    version: VersionId,
  ): Promise<Result<Written>>
  /** States a tariff had, newest first, the present one included; documents lowered to `version` (TAR-004). */
  tariffStates(
    key: ObjectKey,
    query: { readonly before?: number; readonly limit: number },
    version: VersionId,
  ): Promise<readonly ShownTariffState[]>
  /** The state of a tariff that was in force at an ISO time; undefined when there was none. */
  tariffAt(key: ObjectKey, time: string, version: VersionId): Promise<ShownTariffState | undefined>
  /** Any object known, in a version or as a partner is sent it; undefined when it is not known. */
  get(key: ObjectKey, as: ShownAs): Promise<Result<ShownObject> | undefined>
  page(query: PageQuery, version: VersionId): Promise<{ page: Page; texts: readonly string[] }>
  setChargingPreferences(key: ObjectKey, preferences: unknown): Promise<Result<{ response: string }>>
  /** Many own objects at once, as an import does; order kept, one finding list per object. */
  putMany(
    kind: PartyObjectKind,
    party: PartyId,
    bodies: readonly unknown[],
    version: VersionId,
  ): Promise<{
    created: number
    updated: number
    unchanged: number
    refused: readonly { index: number; findings: readonly Finding[] }[]
  }>
}

/** Commands sent to partners, and results of those received. */
export interface CommandService {
  /** Sends a command to the party that owns the location or session; resolves with the synchronous answer. */
  send(type: CommandType, body: unknown): Promise<Result<Command>>
  get(id: string): Promise<Command | undefined>
  list(query: {
    state?: string
    direction?: string
    after?: string
    limit: number
  }): Promise<readonly Command[]>
  /** The back end's result of a received command; CANCELED_RESERVATION may follow later. */
  finish(
    id: string,
    result: { readonly result: string; readonly message?: unknown },
  ): Promise<Result<Command>>
}

/** Charging profiles: set on sessions at partners, received for our own. */
export interface ChargingProfileService {
  /** Sends a profile to the CPO of a received session; resolves with the synchronous answer. */
  set(session: ObjectKey, profile: unknown): Promise<Result<ProfileRequest>>
  /** Asks the CPO to forget the profile we set. */
  clear(session: ObjectKey): Promise<Result<ProfileRequest>>
  /** Asks what the charge point will do in the next seconds. */
  read(session: ObjectKey, durationS: number): Promise<Result<ProfileRequest>>
  get(id: string): Promise<ProfileRequest | undefined>
  list(query: {
    state?: string
    direction?: string
    after?: string
    limit: number
  }): Promise<readonly ProfileRequest[]>
  /** The back end's result of a received request; `profile` with ACCEPTED of READ. */
  finish(
    id: string,
    result: { readonly result: string; readonly profile?: unknown },
  ): Promise<Result<ProfileRequest>>
  /** The newest active profile known of a session, own or received. */
  active(session: ObjectKey): Promise<ActiveProfile | undefined>
  /** The back end reports what is active on an own session; Senders that have set a profile are told. */
  report(session: ObjectKey, profile: unknown): Promise<Result<{ changed: boolean; told: number }>>
  /** The back end reports that nobody's profile is active any more: the EVSE gives what it can. */
  release(session: ObjectKey): Promise<Result<{ changed: boolean; told: number }>>
}

/** What a CPO asks of the terminals of its payment terminal providers. */
export interface TerminalService {
  /** Proposes a change of a received terminal: `whole` by PUT, `patch` by PATCH. Answers the provider's copy afterwards. */
  propose(
    key: ObjectKey,
    form: 'whole' | 'patch',
    body: unknown,
    version: VersionId,
  ): Promise<Result<Written>>
  deactivate(key: ObjectKey): Promise<Result<Written>>
  /** Asks a provider to activate the terminal with this reference; it arrives when the provider has made it. */
  activate(
    body: unknown,
    query: { readonly partnerId?: string; readonly party?: PartyId },
  ): Promise<Result<{ readonly partnerId: string; readonly reference: string }>>
}

/** Sessions, CDRs and confirmations of card payments. */
export interface PaymentService {
  byReference(reference: string): Promise<LinkedPayment | undefined>
  /** The payment of a session, CDR or confirmation; undefined when it is not known or has no reference. */
  of(key: ObjectKey): Promise<LinkedPayment | undefined>
}

/** Invoice records against the CDRs known here. */
export interface InvoiceService {
  reconciliation(key: ObjectKey): Promise<Reconciliation | undefined>
  /** CDRs of a period on no invoice (INV-026); totals, of all of them, with the first page only. */
  uninvoiced(
    query: UninvoicedQuery & { readonly after?: number; readonly limit: number },
  ): Promise<Uninvoiced>
}

/** A booking request of ours and the booking that came of it, as far as it is known. */
export interface FollowedOrder {
  readonly order: BookingOrder
  readonly booking: Document | null
}

/** Bookings of our drivers at partners, and decisions on bookings of partners' drivers at us. */
export interface BookingService {
  /** Requests a booking at a booking location that a partner owns; resolves with its answer. */
  request(body: unknown): Promise<Result<FollowedOrder>>
  /** Asks for a change of a booking at a partner. */
  change(key: ObjectKey, body: unknown): Promise<Result<FollowedOrder>>
  /** Our back end's decision on what is PENDING of an own booking. */
  decide(key: ObjectKey, body: unknown): Promise<Result<ocpi230.Booking>>
  /** Later facts of an own booking: its EVSE, access, tokens, tariffs. */
  assign(key: ObjectKey, body: unknown): Promise<Result<ocpi230.Booking>>
  /** Cancels an own booking, or asks the partner to cancel one of ours there. */
  cancel(
    key: ObjectKey,
    body: unknown,
  ): Promise<Result<{ readonly order: BookingOrder | null; readonly booking: Document | null }>>
  order(id: string): Promise<FollowedOrder | undefined>
  orders(query: {
    readonly requestId?: string
    readonly after?: string
    readonly limit: number
  }): Promise<readonly BookingOrder[]>
}

/** Decisions on tokens. */
export interface AuthorizationService {
  /** The decision a charge point needs, within its deadline, and why. */
  decide(input: {
    readonly tokenUid: string
    readonly type: string
    readonly location?: { readonly location_id: string; readonly evse_uids?: readonly string[] }
  }): Promise<Result<AuthorizationDecision>>
  list(limit: number): Promise<readonly AuthorizationRecord[]>
  /** The rule of one of our tokens; undefined while the plain rule holds. */
  rule(token: ObjectKey): Promise<AuthorizationRule | undefined>
  /** Sets what real-time authorization answers for one of our tokens; null returns to the plain rule. */
  setRule(token: ObjectKey, rule: AuthorizationRule | null): Promise<Result<null>>
}

/** What a charge point may do with a token, and why. */
export interface AuthorizationDecision {
  /** Of its record. */
  readonly id: string
  /** AllowedType; `NOT_ALLOWED` also when nobody knows the token. */
  readonly allowed: string
  /** Machine-readable reason, e.g. `whitelist_always`, `realtime`, `offline_fallback`, `unknown_token`. */
  readonly reason: string
  /** One sentence for people. */
  readonly explanation: string
  readonly authMethod: 'AUTH_REQUEST' | 'WHITELIST' | 'COMMAND'
  readonly token: Document | null
  readonly authorizationReference: string | null
  readonly location: unknown
  readonly info: unknown
  readonly partnerId: string | null
  readonly durationMs: number
}

/** Overrides the answer to a real-time authorization of one of our tokens. */
export type AuthorizationRule = TokenRule
