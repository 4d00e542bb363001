import {
  type ActiveProfileStore,
  type ApiKeyStore,
  type AuthorizationStore,
  type CommandStore,
  createActiveProfileStore,
  createApiKeyStore,
  createAuthorizationStore,
  createCommandStore,
  createEventStore,
  createFindingStore,
  createObjectLookup,
  createObjectStore,
  createPartnerStore,
  createPartyStore,
  createProfileRequestStore,
  createSyncStore,
  createTokenRuleStore,
  createWebhookStore,
  type Database,
  type EventStore,
  type FindingStore,
  type ObjectLookup,
  type ObjectStore,
  type PartnerStore,
  type PartyStore,
  type ProfileRequestStore,
  type SyncStore,
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
  readonly findings: FindingStore
  readonly keys: ApiKeyStore
  readonly webhooks: WebhookStore
  readonly authorizations: AuthorizationStore
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
  findings: createFindingStore(database),
  keys: createApiKeyStore(database),
  webhooks: createWebhookStore(database),
  authorizations: createAuthorizationStore(database),
})
