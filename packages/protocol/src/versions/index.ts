import type { BodyOf, Endpoint, ParamsOf } from '../contract/endpoint.js'
import type { tariffPatch } from '../modules/tariffs/contract.js'
import type { Tariff } from '../modules/tariffs/v230.js'
import { v211 } from './v211.js'
import { v221 } from './v221.js'
import { v230 } from './v230.js'
import type { Version, VersionId } from './version.js'

export { v211 } from './v211.js'
export { v221 } from './v221.js'
export { v230 } from './v230.js'
export type { Version, VersionId, VersionTraits } from './version.js'

/** Every version, in order of release: the last common one is chosen at registration (VER-011). */
export const versions: readonly Version[] = [v211, v221, v230]

/** The version whose shapes are stored. */
export const canonicalVersion: Version = v230

const byId: Readonly<Record<VersionId, Version>> = { '2.1.1': v211, '2.2.1': v221, '2.3.0': v230 }

/** The version of that name, or undefined when this product does not speak it. */
export const versionOf = (id: string): Version | undefined =>
  Object.hasOwn(byId, id) ? byId[id as VersionId] : undefined

/** What only older versions can ask, with the canonical types that their bodies are lifted to. */
type RetiredEndpoint = ReturnType<typeof tariffPatch<typeof Tariff>>

type CanonicalEndpoint = (typeof v230)['modules'][number]['endpoints'][number] | RetiredEndpoint

/** Names of everything a partner can ask, over all modules. */
export type Operation = CanonicalEndpoint['operation']

type EndpointOf<O extends Operation> = Extract<CanonicalEndpoint, { operation: O }>

/** Path parameters of an operation. */
export type OperationParams<O extends Operation> =
  EndpointOf<O> extends Endpoint ? ParamsOf<EndpointOf<O>> : never

/** Request body of an operation, in canonical shape. */
export type OperationBody<O extends Operation> =
  EndpointOf<O> extends Endpoint ? BodyOf<EndpointOf<O>> : never
