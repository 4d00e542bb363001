import type { ModuleContract } from '../contract/endpoint.js'

/** Versions this product speaks. */
export type VersionId = '2.2.1' | '2.3.0'

/** How the versions differ in transport. Code asks a trait, never compares a version. */
export interface VersionTraits {
  /** How the credentials token is written in the `Authorization` header (TRN-003, TRN-004). */
  readonly tokenEncoding: 'base64' | 'plain'
  /** Whether functional modules carry `OCPI-to-*` and `OCPI-from-*`. */
  readonly routingHeaders: boolean
  /** Whether a PATCH must carry `last_updated` (#355). */
  readonly patchNeedsLastUpdated: boolean
  /** Decimals of seconds that may be sent (TYP-023). */
  readonly fractionDigits: 0 | 3
}

/** A version as data: its traits and the contracts of its modules. */
export interface Version {
  readonly id: VersionId
  readonly traits: VersionTraits
  readonly modules: readonly ModuleContract[]
}
