import type { ModuleContract } from '../contract/endpoint.js'

/** Versions this product speaks. */
export type VersionId = '2.1.1' | '2.2.1' | '2.3.0'

/** How the versions differ in transport. Code asks a trait, never compares a version. */
export interface VersionTraits {
  /** How the credentials token is written in the `Authorization` header (TRN-003, TRN-004). */
  readonly tokenEncoding: 'base64' | 'plain'
  /** Whether functional modules carry `OCPI-to-*` and `OCPI-from-*`. */
  readonly routingHeaders: boolean
  /** Whether a PATCH must carry `last_updated` (#355). */
  readonly patchNeedsLastUpdated: boolean
  /** What a connection stands for: a platform with parties in roles, or one party in the role of the address (ROL-006, VER-007). */
  readonly connects: 'platforms' | 'parties'
  /** Whether its documents leave to their surroundings what others say: lenses then need facts from there. */
  readonly needsFacts: boolean
  /** Whether ids that differ only by case are different ids (LOC-019, TOK-037). */
  readonly caseSensitiveIds: boolean
  /** Whether a token at the receiver is addressed by uid and type, or by its uid alone (TOK-030). */
  readonly tokenTypeInUrl: boolean
  /** Whether status code 2004 exists; 2001 stands for it elsewhere (TOK-039, TOK-065). */
  readonly unknownTokenCode: boolean
  /** Whether periods in a PATCH are added (SES-030), or take the place of those that start at the same time (SES-039). */
  readonly patchedPeriods: 'append' | 'upsert'
  /** Whether an edition of it answers commands with a bare word instead of an object (TRN-040, commands.md trap 2). */
  readonly answersByWord: boolean
  /** Decimals of seconds that may be sent (TYP-023). */
  readonly fractionDigits: 0 | 3
}

/** A version as data: its traits and the contracts of its modules. */
export interface Version {
  readonly id: VersionId
  readonly traits: VersionTraits
  readonly modules: readonly ModuleContract[]
}
