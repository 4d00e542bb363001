import type { ClientPartner, OcpiClient, Outcome } from '@interwatt/client'
import { type Finding, hostsOf, otherRole, type VersionId, versionOf } from '@interwatt/protocol'
import type { HostedParty, OwnEnd, PartnerEndpoint } from '@interwatt/store'
import { failureOf, type RegistrationFailure } from './failure-kinds.js'
import {
  chooseVersion,
  credentialsUrl,
  missingEndpoints,
  moduleCaseFindings,
  readEndpoints,
  readVersions,
  type VersionEntry,
} from './handshake.rules.js'
import { chooseEnd, connectsParties, type EndWish } from './own-end.rules.js'

/** What a partner's versions and details say, or why they could not be used. */
export type Discovery =
  | {
      readonly kind: 'found'
      readonly version: VersionId
      readonly endpoints: readonly PartnerEndpoint[]
      readonly hosts: readonly string[]
      /** Our end, where the version connects one party each. */
      readonly own: OwnEnd | null
    }
  | {
      readonly kind: 'cannot_use'
      readonly step: 'versions' | 'details'
      readonly detail: string
      readonly failure: RegistrationFailure
    }
  | { readonly kind: 'no_common_version'; readonly detail: string }
  | { readonly kind: 'missing_endpoints'; readonly detail: string; readonly failure: RegistrationFailure }
  /** The version connects one party in one role each, and it cannot be told which of ours. */
  | { readonly kind: 'unclear_end'; readonly detail: string }

type Caller = Pick<ClientPartner, 'id' | 'token' | 'tokenEncoding'>

export const describeOutcome = (outcome: Exclude<Outcome, { kind: 'ok' }>): string => {
  switch (outcome.kind) {
    case 'refused':
      return `answered HTTP ${outcome.httpStatus} with status code ${outcome.statusCode}: ${outcome.message}`
    case 'outage':
      return outcome.message
    case 'not_offered':
      return 'does not offer this'
    case 'forbidden_address':
      return `may not be called: ${outcome.message}`
  }
}

const cannotUse = (
  step: 'versions' | 'details',
  what: string,
  outcome: Exclude<Outcome, { kind: 'ok' }>,
): Discovery => ({
  kind: 'cannot_use',
  step,
  detail: `${what} ${describeOutcome(outcome)}`,
  failure: failureOf(outcome),
})

const noCommon = (offered: readonly VersionEntry[], wanted: VersionId | undefined): Discovery => ({
  kind: 'no_common_version',
  detail: `${wanted === undefined ? 'No common version' : `Version ${wanted} is not in the list`}; offered: ${
    offered.map((entry) => entry.version).join(', ') || 'nothing'
  }.`,
})

/** What is asked for, and what is known of our end. */
export interface Search {
  readonly hosted: readonly HostedParty[]
  readonly wish: EndWish
  /** The one version to look for; without it the highest common one is chosen. */
  readonly wanted?: VersionId
  /** Time limit of each GET (TRN-135). */
  readonly timeoutMs: number
  /** Told what in the partner's version details is not as the specification has it, but was understood. */
  onFindings(partnerId: string, operation: string, findings: readonly Finding[]): void
}

/** Our end for a version: none where it connects platforms. */
const endFor = (version: VersionId, { hosted, wish }: Search): OwnEnd | null | Discovery => {
  if (!connectsParties(version)) return null
  const choice = chooseEnd(hosted, wish)
  return 'end' in choice ? choice.end : { kind: 'unclear_end', detail: choice.unclear }
}

/**
 * GETs versions and version details of a partner (credentials flows C-F1 to C-F5). The details are asked for with the
 * token written as the chosen version has it (TRN-004).
 */
export const discover = async (
  client: OcpiClient,
  caller: Caller,
  versionsUrl: string,
  options: Search,
): Promise<Discovery> => {
  const context = { timeoutMs: options.timeoutMs }
  const list = await client.get(caller, versionsUrl, context)
  if (list.kind !== 'ok') return cannotUse('versions', 'The versions list', list)
  const offered = readVersions(list.data)
  if (!offered)
    return {
      kind: 'cannot_use',
      step: 'versions',
      detail: 'The versions list is not a list of versions.',
      failure: 'no_ocpi',
    }
  const chosen = chooseVersion(offered, options.wanted)
  if (!chosen) return noCommon(offered, options.wanted)
  const own = endFor(chosen.id, options)
  if (own !== null && 'kind' in own) return own
  const encoding = versionOf(chosen.id)?.traits.tokenEncoding
  const details = await client.get(caller, chosen.url, encoding ? { ...context, encoding } : context)
  if (details.kind !== 'ok') return cannotUse('details', `The details of version ${chosen.id}`, details)
  const endpoints = readEndpoints(details.data, own === null ? undefined : otherRole(own.role))
  if (!endpoints) {
    return {
      kind: 'cannot_use',
      step: 'details',
      detail: `The details of version ${chosen.id} are not version details.`,
      failure: 'details_unusable',
    }
  }
  options.onFindings(caller.id, 'versions.details', moduleCaseFindings(details.data))
  const missing = missingEndpoints(endpoints)
  if (missing !== undefined) {
    const failure = credentialsUrl(endpoints) === undefined ? 'no_credentials_endpoint' : 'modules_missing'
    return { kind: 'missing_endpoints', detail: missing, failure }
  }
  const hosts = hostsOf([versionsUrl, chosen.url, ...endpoints.map((endpoint) => endpoint.url)])
  return { kind: 'found', version: chosen.id, endpoints, hosts, own }
}
