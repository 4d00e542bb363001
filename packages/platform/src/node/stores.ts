import {
  type AccountStore,
  type ActiveProfileStore,
  type ApiKeyStore,
  type AuthorizationStore,
  type BookingStore,
  type CdrCheckStore,
  type CommandStore,
  createAccountStore,
  createActiveProfileStore,
  createApiKeyStore,
  createAuthorizationStore,
  createBookingStore,
  createCdrCheckStore,
  createCommandStore,
  createDriverAccessStore,
  createDriverChargeStore,
  createDriverStore,
  createEventStore,
  createExchangeStore,
  createFindingStore,
  createHealthStore,
  createHearingStore,
  createInvoiceStore,
  createMessageStore,
  createObjectLookup,
  createObjectStore,
  createOperatorSessionStore,
  createPartnerProfileStore,
  createPartnerStore,
  createPartyStore,
  createProblemReportStore,
  createProfileRequestStore,
  createScorecardStore,
  createSessionCostStore,
  createStationRowStore,
  createStatusHistory,
  createStoryStore,
  createSyncStore,
  createTariffHistory,
  createTokenRuleStore,
  createWebhookStore,
  type Database,
  type DriverAccessStore,
  type DriverChargeStore,
  type DriverStore,
  type EventStore,
  type ExchangeStore,
  type FindingStore,
  type HealthStore,
  type HearingStore,
  type InvoiceStore,
  type MessageStore,
  type ObjectLookup,
  type ObjectStore,
  type OperatorSessionStore,
  type PartnerProfileStore,
  type PartnerStore,
  type PartyStore,
  type ProblemReportStore,
  type ProfileRequestStore,
  type ScorecardStore,
  type SessionCostStore,
  type StationRowStore,
  type StatusHistory,
  type StoryStore,
  type SyncStore,
  type TariffHistory,
  type TokenRuleStore,
  type WebhookStore,
} from '@interwatt/store'

/** Every store of a node, over one database. */
export interface Stores {
  readonly objects: ObjectStore
  readonly events: EventStore
  readonly partners: PartnerStore
  readonly parties: PartyStore
  readonly commands: CommandStore
  readonly profileRequests: ProfileRequestStore
  readonly activeProfiles: ActiveProfileStore
  readonly sync: SyncStore
  readonly lookup: ObjectLookup
  readonly rules: TokenRuleStore
  readonly tariffHistory: TariffHistory
  readonly findings: FindingStore
  readonly stationRows: StationRowStore
  readonly profiles: PartnerProfileStore
  readonly keys: ApiKeyStore
  readonly operatorSessions: OperatorSessionStore
  readonly accounts: AccountStore
  readonly webhooks: WebhookStore
  readonly authorizations: AuthorizationStore
  readonly bookings: BookingStore
  readonly invoices: InvoiceStore
  readonly cdrChecks: CdrCheckStore
  readonly sessionCosts: SessionCostStore
  readonly messages: MessageStore
  readonly story: StoryStore
  readonly drivers: DriverStore
  readonly driverCharges: DriverChargeStore
  readonly hearing: HearingStore
  readonly driverAccess: DriverAccessStore
  readonly problemReports: ProblemReportStore
  readonly exchanges: ExchangeStore
  readonly health: HealthStore
  readonly scorecards: ScorecardStore
  readonly statuses: StatusHistory
}

export const openStores = (database: Database): Stores => ({
  objects: createObjectStore(database),
  events: createEventStore(database),
  partners: createPartnerStore(database),
  parties: createPartyStore(database),
  commands: createCommandStore(database),
  profileRequests: createProfileRequestStore(database),
  activeProfiles: createActiveProfileStore(database),
  sync: createSyncStore(database),
  lookup: createObjectLookup(database),
  rules: createTokenRuleStore(database),
  tariffHistory: createTariffHistory(database),
  findings: createFindingStore(database),
  stationRows: createStationRowStore(database),
  profiles: createPartnerProfileStore(database),
  keys: createApiKeyStore(database),
  operatorSessions: createOperatorSessionStore(database),
  accounts: createAccountStore(database),
  webhooks: createWebhookStore(database),
  authorizations: createAuthorizationStore(database),
  bookings: createBookingStore(database),
  invoices: createInvoiceStore(database),
  cdrChecks: createCdrCheckStore(database),
  sessionCosts: createSessionCostStore(database),
  messages: createMessageStore(database),
  story: createStoryStore(database),
  drivers: createDriverStore(database),
  driverCharges: createDriverChargeStore(database),
  hearing: createHearingStore(database),
  driverAccess: createDriverAccessStore(database),
  problemReports: createProblemReportStore(database),
  exchanges: createExchangeStore(database),
  health: createHealthStore(database),
  scorecards: createScorecardStore(database),
  statuses: createStatusHistory(database),
})
