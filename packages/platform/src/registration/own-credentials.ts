import { lower, type VersionId } from '@interwatt/protocol'
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

/**
 * Our Credentials object in a version: every hosted party in each of its roles (CRD-001, CRD-004), or our end alone with the
 * address of its role where the version connects one party each (ROL-006).
 */
export const ownCredentials = (
  token: string,
  publicUrl: string,
  hosted: readonly HostedParty[],
  version: VersionId,
  own: OwnEnd | null,
): unknown => {
  const urls = versionsUrls(publicUrl)
  const canonical = {
    token,
    url:
      own === null ? urls.versions_url : own.role === 'CPO' ? urls.cpo_versions_url : urls.emsp_versions_url,
    roles: hosted.flatMap(({ party, roles, businessDetails }) =>
      roles.map((role) => ({
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
