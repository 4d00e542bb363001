import {
  type Finding,
  foldCase,
  isJsonObject,
  type ModuleContract,
  type ModuleId,
  type PartyId,
  type PartyRole,
  partyOf,
  sideOffered,
  type VersionId,
  versions,
} from '@interwatt/protocol'
import type { PartnerEndpoint, PartnerRole } from '@interwatt/store'

/** One entry of a versions list. */
export interface VersionEntry {
  readonly version: string
  readonly url: string
}

/** Reads a versions list; entries that make no sense are left out, unknown versions stay (VER-009). */
export const readVersions = (data: unknown): readonly VersionEntry[] | undefined => {
  if (!Array.isArray(data)) return undefined
  return data.filter(
    (entry): entry is { version: string; url: string } =>
      isJsonObject(entry) && typeof entry.version === 'string' && typeof entry.url === 'string',
  )
}

/** Modules whose identifier in version details is not their name here, by that identifier in lower case. */
const advertised: ReadonlyMap<string, string> = new Map(
  versions
    .flatMap((version): readonly ModuleContract[] => version.modules)
    .flatMap(({ id, advertisedAs }) =>
      advertisedAs === undefined ? [] : [[advertisedAs.toLowerCase(), id] as const],
    ),
)

const moduleNamed = (identifier: string): string => {
  const name = identifier.toLowerCase()
  return advertised.get(name) ?? name
}

/**
 * Reads the endpoints of version details: unknown modules stay, roles default to SENDER (VER-006), ids in lower case (ROL-016).
 * Where addresses are bound to a role, it decides on which side each module is, whatever the details say (VER-008).
 */
export const readEndpoints = (data: unknown, boundTo?: PartyRole): readonly PartnerEndpoint[] | undefined => {
  if (!isJsonObject(data) || !Array.isArray(data.endpoints)) return undefined
  const endpoints: PartnerEndpoint[] = []
  for (const entry of data.endpoints) {
    if (!isJsonObject(entry) || typeof entry.identifier !== 'string' || typeof entry.url !== 'string')
      continue
    const module = moduleNamed(entry.identifier)
    const stated = entry.role === 'RECEIVER' ? 'RECEIVER' : 'SENDER'
    endpoints.push({
      module,
      side: boundTo === undefined ? stated : sideOffered(boundTo, module),
      url: entry.url,
    })
  }
  return endpoints
}

/** Modules that have one spelling; that of `bookings` differs within the specification. */
const spelledOneWay: ReadonlySet<string> = new Set(
  versions
    .flatMap((version): readonly ModuleContract[] => version.modules)
    .flatMap(({ id, advertisedAs }) => (advertisedAs === undefined ? [id] : [])),
)

/** Module identifiers of version details that differ from the specification in case only: `Locations` (ROL-016). */
export const moduleCaseFindings = (data: unknown): readonly Finding[] => {
  if (!isJsonObject(data) || !Array.isArray(data.endpoints)) return []
  return data.endpoints.flatMap((entry: unknown, index): readonly Finding[] => {
    const identifier = isJsonObject(entry) ? entry.identifier : undefined
    if (typeof identifier !== 'string' || spelledOneWay.has(identifier)) return []
    const meant = identifier.toLowerCase()
    if (!spelledOneWay.has(meant)) return []
    return [
      {
        pointer: `/endpoints/${index}/identifier`,
        code: 'wrong_case',
        message: `the module is written ${meant}`,
        rule: 'ROL-016',
        severity: 'warning',
        example: JSON.stringify(identifier),
      },
    ]
  })
}

/** Highest version both sides know, in order of release (VER-010, VER-011); undefined when there is none. */
export const chooseVersion = (
  offered: readonly VersionEntry[],
  wanted?: VersionId,
): { readonly id: VersionId; readonly url: string } | undefined => {
  for (const version of [...versions].reverse()) {
    if (wanted !== undefined && version.id !== wanted) continue
    const entry = offered.find((candidate) => candidate.version === version.id)
    if (entry) return { id: version.id, url: entry.url }
  }
  return undefined
}

/** The credentials endpoint whatever role it is listed under (VER-006). */
export const credentialsUrl = (endpoints: readonly PartnerEndpoint[]): string | undefined =>
  endpoints.find((endpoint) => endpoint.module === 'credentials')?.url

const FUNCTIONAL: readonly ModuleId[] = [
  'locations',
  'tariffs',
  'tokens',
  'sessions',
  'cdrs',
  'commands',
  'chargingprofiles',
  'payments',
  'invoicereconciliation',
  'bookings',
]

/** What is missing for any exchange at all, as a sentence; undefined when the endpoints will do (CRD-030, CRD-031, ROL-002). */
export const missingEndpoints = (endpoints: readonly PartnerEndpoint[]): string | undefined => {
  if (credentialsUrl(endpoints) === undefined) return 'The version details list no credentials endpoint.'
  const known: readonly string[] = FUNCTIONAL
  if (endpoints.some((endpoint) => known.includes(endpoint.module))) return undefined
  return `The version details list none of ${FUNCTIONAL.join(', ')}.`
}

/** Roles of a Credentials object as stored: keys folded to upper case. */
export const readRoles = (
  roles: readonly { role: string; country_code: string; party_id: string; business_details: unknown }[],
): readonly PartnerRole[] =>
  roles.map((role) => ({
    role: role.role,
    party: partyOf(role.country_code, role.party_id),
    businessDetails: role.business_details,
  }))

/** `hub_party_id` split as 2 + 3 characters (CRD-010); undefined when it has another form. */
export const hubParty = (hubPartyId: string | undefined): PartyId | null | undefined => {
  if (hubPartyId === undefined) return null
  return /^[A-Za-z]{2}[A-Za-z0-9]{3}$/.test(hubPartyId)
    ? { countryCode: foldCase(hubPartyId.slice(0, 2)), partyId: foldCase(hubPartyId.slice(2)) }
    : undefined
}
