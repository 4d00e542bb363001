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
  createEventStore,
  createFindingStore,
  createInvoiceStore,
  createMapPointStore,
  createMessageStore,
  createObjectLookup,
  createObjectStore,
  createOperatorSessionStore,
  createPartnerProfileStore,
  createPartnerStore,
  createPartyStore,
  createProfileRequestStore,
  createSessionCostStore,
  createStoryStore,
  createSyncStore,
  createTariffHistory,
  createTokenRuleStore,
  createWebhookStore,
  type Database,
  type EventStore,
  type FindingStore,
  type InvoiceStore,
  type MapPointStore,
  type MessageStore,
  type ObjectLookup,
  type ObjectStore,
  type OperatorSessionStore,
  type PartnerProfileStore,
  type PartnerStore,
  type PartyStore,
  type ProfileRequestStore,
  type SessionCostStore,
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
  readonly mapPoints: MapPointStore
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
  mapPoints: createMapPointStore(database),
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
})
