import { lower, type VersionId, versionOf } from '@interwatt/protocol'
import { versionListUrls } from '@interwatt/server'
import type { HostedParty, OwnEnd } from '@interwatt/store'
import { type Problem, problem } from '../services.js'

/** Addresses of the versions lists of this node. */
export const versionsUrls = (publicUrl: string) => {
  const { all, cpo, emsp } = versionListUrls(publicUrl)
  return { versions_url: all, cpo_versions_url: cpo, emsp_versions_url: emsp }
}

/** Credentials name at least one role: a node without parties neither invites nor registers (CRD-001). */
export const noHostedParty = (): Problem =>
  problem(
    409,
    'No party is hosted here',
    'Create a party first: PUT /api/v1/parties/{country_code}/{party_id}.',
  )

/** Roles as a partner is told them: a payment terminal provider is OTHER to those who do not know the role (ROL-015, PAY-040). */
const rolesFor = (
  roles: readonly string[],
  version: VersionId,
  knowsTerminals: boolean,
): readonly string[] => {
  const hasModule = versionOf(version)?.modules.some(({ id }) => id === 'payments') ?? false
  if (hasModule && knowsTerminals) return roles
  return [...new Set(roles.map((role) => (role === 'PTP' ? 'OTHER' : role)))]
}

/** For whom Credentials are written. */
export interface CredentialsFor {
  readonly version: VersionId
  /** Our end where the version connects one party each. */
  readonly own: OwnEnd | null
  /** Whether the partner knows payment terminal providers. */
  readonly knowsTerminals: boolean
}

/**
 * Our Credentials object in a version: every hosted party in each of its roles (CRD-001, CRD-004), or our end alone with the
 * address of its role where the version connects one party each (ROL-006).
 */
export const ownCredentials = (
  token: string,
  publicUrl: string,
  hosted: readonly HostedParty[],
  { version, own, knowsTerminals }: CredentialsFor,
): unknown => {
  const urls = versionsUrls(publicUrl)
  const canonical = {
    token,
    url:
      own === null ? urls.versions_url : own.role === 'CPO' ? urls.cpo_versions_url : urls.emsp_versions_url,
    roles: hosted.flatMap(({ party, roles, businessDetails }) =>
      rolesFor(roles, version, knowsTerminals).map((role) => ({
        role,
        business_details: businessDetails,
        party_id: party.partyId,
        country_code: party.countryCode,
      })),
    ),
  }
  const lowered = lower('credentials', version, canonical, 'whole', undefined, {
    role: own?.role,
    owner: own?.party,
  })
  if (lowered.kind === 'withheld') throw new Error(`Own credentials do not fit ${version}: ${lowered.reason}`)
  return lowered.document
}
