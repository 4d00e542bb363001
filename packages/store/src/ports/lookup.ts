import type { PartyId } from '@interwatt/protocol'
import type { StoredObject } from './objects.js'

/** What a CDR says of its session: ISO instants, contract and EVSE. */
export interface SessionSearch {
  readonly from: string
  readonly to: string
  readonly contractId: string
  readonly evseUid: string
}

/** Finds objects when their owner is not known: a card that was tapped, a location or session a command names. */
export interface ObjectLookup {
  /** Every token with this uid, of any owner and type, compared without case; tombstones included. */
  tokensByUid(uid: string): Promise<readonly StoredObject[]>
  /** Every live token of these contracts, of any owner, compared without case, oldest first. */
  tokensByContract(contractIds: readonly string[]): Promise<readonly StoredObject[]>
  /** Live sessions or CDRs of a contract of an eMSP, compared without case, the newest first. */
  ofContract(
    kind: 'session' | 'cdr',
    emsp: PartyId,
    search: { readonly contractId: string; readonly limit: number },
  ): Promise<readonly StoredObject[]>
  /** Which of these token uids was authorized last, in either direction. */
  lastAuthorized(uids: readonly string[]): Promise<string | undefined>
  /** Live sessions of a CPO, by contract and EVSE without case, that last changed during a time or the day after it. */
  sessionsNear(party: PartyId, search: SessionSearch): Promise<readonly StoredObject[]>
  /** Every object of a kind with this id, of any owner, compared without case; tombstones included. */
  byId(
    kind: 'location' | 'session' | 'tariff' | 'booking_location',
    id: string,
  ): Promise<readonly StoredObject[]>
  /** Whether a live connector of this party lists the tariff, compared without case. May scan; for rare questions only. */
  tariffInUse(party: PartyId, tariffId: string): Promise<boolean>
  /**
   * EVSEs in use of this party, by key, with a connector that lists more than one tariff; `after` is the key id of the last one
   * seen, `''` at first. Scans the EVSEs of the party; for rare questions only.
   */
  evsesWithTariffs(party: PartyId, after: string, limit: number): Promise<readonly StoredObject[]>
  /** Live sessions, CDRs and financial advice confirmations with this authorization reference, compared without case; at most 100. */
  byAuthorizationReference(reference: string): Promise<readonly StoredObject[]>
  /** Live CDRs of any owner with one of these ids, compared without case. */
  cdrsById(ids: readonly string[]): Promise<readonly StoredObject[]>
  /** Live CDRs of a party about one of its sessions, compared without case; at most 100. */
  cdrsOfSession(party: PartyId, sessionId: string): Promise<readonly StoredObject[]>
  /** Live credits of a party that name one of its CDRs, compared without case; at most 100. */
  creditsOf(party: PartyId, cdrId: string): Promise<readonly StoredObject[]>
  /** Live invoice reconciliation records of an issuer that list one of these CDRs. May scan those of the issuer. */
  recordsListing(issuer: PartyId, cdrIds: readonly string[]): Promise<readonly ListingRecord[]>
  /** Live own terminals of a PTP with this reference, compared without case; at most 10. */
  terminalsByReference(ptp: PartyId, reference: string): Promise<readonly StoredObject[]>
  /** Live terminals of a PTP that serve this location or this EVSE (PAY-010), compared without case; at most 10. */
  terminalsServing(
    ptp: PartyId,
    place: { readonly locationId: string; readonly evseUid: string },
  ): Promise<readonly StoredObject[]>
  /**
   * EVSEs in use of this party at one of these locations, or with one of these uids, that have none of these capabilities, by key; at most
   * `limit`. Scans the EVSEs of the party; for rare questions only.
   */
  evsesWithout(
    party: PartyId,
    served: { readonly locationIds: readonly string[]; readonly evseUids: readonly string[] },
    capabilities: readonly string[],
    limit: number,
  ): Promise<readonly StoredObject[]>
  /**
   * Live EVSEs of any owner whose EVSE id, or else physical reference, is this but for case and separators; at most `limit`. Codes are
   * letters and digits in upper case.
   */
  evsesByCode(
    field: 'evse_id' | 'physical_reference',
    code: string,
    limit: number,
  ): Promise<readonly StoredObject[]>
}

/** An invoice reconciliation record that lists CDRs that were asked for. */
export interface ListingRecord {
  /** Key id of the record. */
  readonly id: string
  readonly invoiceId: string
  /** Those of the CDRs that it lists, in upper case. */
  readonly cdrs: readonly string[]
}
