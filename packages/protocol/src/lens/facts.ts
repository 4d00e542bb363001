import type { JsonObject } from '../json/json-object.js'
import type { PartyId } from '../transport/party.js'

/**
 * What a document does not say in one of the versions and its surroundings do: the URL, the connection, stored objects.
 * Callers look it up and pass it in; a lens reads it and does nothing else. Documents are in canonical shape.
 */
export interface CrossingFacts {
  /** Owner of an object that does not name one: the party of the URL, else of the connection. */
  readonly owner?: PartyId | undefined
  /** Role of the party in credentials that name one party without a role, or that are to name one of several. */
  readonly role?: string | undefined
  /** The CdrToken that a contract id stands for. */
  tokenOf?(contractId: string): JsonObject | undefined
  /** Owner of a token that `tokenOf` does not know. */
  readonly tokenOwner?: PartyId | undefined
  /** The session that a CDR of this id is about, where one alone fits. */
  sessionOf?(cdrId: string): string | undefined
  /** The token that an authorization answers about. */
  readonly token?: JsonObject | undefined
  /** A location with its EVSEs, for versions whose sessions and CDRs contain one. */
  placeOf?(locationId: string): JsonObject | undefined
  /** The tariff that stands for several at a connector; the first one when it does not say. */
  tariffOf?(ids: readonly string[]): string | undefined
  /** Whether another token of the same owner, an RFID card, has this uid. */
  hasCardTwin?(uid: string): boolean
  /** Epoch milliseconds, for what is valid at some times only. */
  readonly nowMs?: number | undefined
}
