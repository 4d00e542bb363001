import type { PartyId, PartyRole, VersionId } from '@interwatt/protocol'

/** States of a connection (versions-and-credentials 1.5). */
export type PartnerStatus =
  | 'INVITED'
  | 'INVITING'
  | 'REGISTERED'
  | 'UPDATING'
  | 'UNKNOWN'
  | 'SUSPENDED'
  | 'UNREGISTERED'

/** A role of a party of a partner, as registered. */
export interface PartnerRole {
  /** `CPO`, `EMSP`, `NSP` … as registered. */
  readonly role: string
  readonly party: PartyId
  readonly businessDetails: unknown
}

/** Where a partner serves one side of a module. */
export interface PartnerEndpoint {
  /** Module identifier in lower case. */
  readonly module: string
  readonly side: 'SENDER' | 'RECEIVER'
  readonly url: string
}

/** Our end of a connection that stands for one party in one role. */
export interface OwnEnd {
  readonly role: PartyRole
  readonly party: PartyId
}

/** A module that not every partner knows, and the side of it that we offer. */
export interface AgreedModule {
  readonly module: string
  readonly side: 'SENDER' | 'RECEIVER'
}

/** One OCPI connection to one other platform. */
export interface Partner {
  readonly id: string
  readonly name: string
  readonly status: PartnerStatus
  readonly version: VersionId | null
  readonly versionsUrl: string | null
  readonly endpoints: readonly PartnerEndpoint[]
  readonly roles: readonly PartnerRole[]
  /** 2.3.0 `hub_party_id`, or the HUB role of 2.2.1, as country and party. */
  readonly hubParty: PartyId | null
  /** The token we send, encrypted; null before registration and after removal. */
  readonly outboundToken: string | null
  /** How the partner wants it written: learnt, null until known. */
  readonly tokenEncoding: 'base64' | 'plain' | null
  /** Why the status is what it is, for people. */
  readonly statusReason: string | null
  /** Whether this partner may send UNLOCK_CONNECTOR (CMD-042). */
  readonly unlockAllowed: boolean
  /** Whether this partner may set charging profiles on sessions of others' customers: the contract of an SCSP (ROL-012). */
  readonly profilesAllowed: boolean
  /** Sides of ours that this partner is offered by agreement (PAY-041, INV-034, ROL-023); none when left out. */
  readonly agreedModules?: readonly AgreedModule[]
  /** Whether it is there for tests, so that recorded requests may be sent to it again; false when left out. */
  readonly isTest?: boolean
  readonly createdAt: string
  readonly registeredAt: string | null
  /** Our end where the version connects one party each (ROL-006); none on connections of platforms. */
  readonly own?: OwnEnd | null
}

/** A token the partner may present. Only its hash is stored. */
export interface InboundToken {
  readonly hash: string
  readonly partnerId: string
  /** `invitation` is token A. `next` is prepared for a handshake in flight. `replaced` lives until `expiresAt`. */
  readonly purpose: 'invitation' | 'current' | 'next' | 'replaced'
  readonly expiresAt: string | null
}

/** All that a finished handshake changes, stored in one transaction or not at all. */
export interface RegistrationChange {
  readonly partner: Partner
  /** Complete set of inbound tokens afterwards. */
  readonly inboundTokens: readonly InboundToken[]
}

/** Storage of partners and the tokens they may present. */
export interface PartnerStore {
  create(partner: Partner, tokens: readonly InboundToken[]): Promise<void>
  get(id: string): Promise<Partner | undefined>
  list(): Promise<readonly Partner[]>
  tokensOf(partnerId: string): Promise<readonly InboundToken[]>
  /** The tokens of all partners, in one statement. */
  allTokens(): Promise<readonly InboundToken[]>
  /** The partner that may present a token with this hash now, and as what. Expired tokens do not count. */
  findByToken(hash: string): Promise<{ readonly partner: Partner; readonly token: InboundToken } | undefined>
  /**
   * Applies the change if the partner's status still is one of `from` and no other partner has registered one of its roles
   * (CRD-013); false otherwise.
   */
  change(from: readonly PartnerStatus[], change: RegistrationChange): Promise<boolean>
  /**
   * Ends handshakes that began longer ago and whose node died: an update is back at REGISTERED, a registration at UNKNOWN, with
   * the tokens they have. Answers how many there were.
   */
  endInterrupted(olderThanMs: number): Promise<number>
  /**
   * The partner that has registered this role of this party, if any (CRD-013). Connections between one party each do not
   * stand in the way of each other when their ends of ours differ.
   */
  ownerOfRole(role: string, party: PartyId, own?: OwnEnd | null): Promise<string | undefined>
  /** Deletes an unregistered partner for good. */
  remove(id: string): Promise<void>
}

/** A party this node hosts. */
export interface HostedParty {
  readonly party: PartyId
  readonly roles: readonly string[]
  readonly businessDetails: { readonly name: string; readonly [field: string]: unknown }
}

/** Storage of hosted parties. */
export interface PartyStore {
  put(party: HostedParty): Promise<void>
  list(): Promise<readonly HostedParty[]>
}
