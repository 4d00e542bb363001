import { type Endpoint, type PathTemplate, pathTemplate, type VersionId, versions } from '@interwatt/protocol'
import type { ClientPartner } from './ports.js'

/** An operation of one version, compiled once. */
export interface CompiledOperation {
  readonly endpoint: Endpoint
  readonly template: PathTemplate
  readonly routed: boolean
  readonly configuration: boolean
  /** Whether version details tell its sides apart; those of credentials say nothing (VER-006). */
  readonly sided: boolean
}

const compiled: ReadonlyMap<string, ReadonlyMap<string, CompiledOperation>> = new Map(
  versions.map((version) => {
    const operations = version.modules.flatMap((module) =>
      module.endpoints.map((endpoint): [string, CompiledOperation] => {
        const configuration = module.kind === 'configuration'
        const routed = !configuration && version.traits.routingHeaders
        const template = pathTemplate(endpoint.path)
        const sided = module.id !== 'credentials'
        return [endpoint.operation, { endpoint, template, routed, configuration, sided }]
      }),
    )
    return [version.id, new Map(operations)]
  }),
)

/** The operation in that version, undefined where the version does not have it. */
export const operationIn = (version: VersionId, operation: string): CompiledOperation | undefined =>
  compiled.get(version)?.get(operation)

/** The URL the partner advertised for the operation's module. */
export const endpointUrl = (
  partner: ClientPartner,
  { endpoint, sided }: CompiledOperation,
): string | undefined =>
  partner.endpoints.find(
    ({ module, side }) => module === endpoint.module && (!sided || side === endpoint.side),
  )?.url
