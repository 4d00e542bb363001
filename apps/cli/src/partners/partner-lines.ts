import { isJsonObject } from '@interwatt/protocol'
import { at, listAt, numberAt, textAt } from '../read-json.js'
import { pairLines, tableLines } from '../terminal/table.js'

const party = (role: unknown): string => `${textAt(role, 'country_code')}*${textAt(role, 'party_id')}`

const rolesOf = (partner: unknown): string =>
  listAt(partner, 'roles')
    .map((role) => `${textAt(role, 'role')} ${party(role)}`)
    .join(', ')

/** Our party in its role, on a connection of one party each. */
const endOf = (partner: unknown): string => {
  const own = at(partner, 'own')
  return isJsonObject(own) ? `${textAt(own, 'role')} ${party(own)}` : ''
}

const backlogOf = (partner: unknown): number => {
  const backlog = at(partner, 'health', 'backlog')
  if (!isJsonObject(backlog)) return 0
  return Object.values(backlog).reduce<number>(
    (sum, count) => sum + (typeof count === 'number' ? count : 0),
    0,
  )
}

/** A table of partners, or a sentence when there are none. */
export const partnerTable = (partners: readonly unknown[], width: number): readonly string[] => {
  if (partners.length === 0)
    return ['No partners yet. "interwatt partner invite" or "interwatt partner register" makes one.']
  const rows = partners.map((partner) => [
    textAt(partner, 'name'),
    textAt(partner, 'status'),
    textAt(partner, 'version') || '-',
    rolesOf(partner) || '-',
    textAt(partner, 'health', 'state') || '-',
    String(backlogOf(partner)),
    textAt(partner, 'id'),
  ])
  return tableLines(['NAME', 'STATUS', 'VERSION', 'ROLES', 'HEALTH', 'WAITING', 'ID'], rows, width)
}

/** Everything about one partner. */
export const partnerLines = (partner: unknown, width: number): readonly string[] => {
  const pairs: (readonly [string, string])[] = [
    ['Name', textAt(partner, 'name')],
    ['Id', textAt(partner, 'id')],
    ['Status', textAt(partner, 'status')],
    ['Why', textAt(partner, 'status_reason')],
    ['Version', textAt(partner, 'version')],
    ['Versions URL', textAt(partner, 'versions_url')],
    ['Roles', rolesOf(partner)],
    ['Our end', endOf(partner)],
    ['Registered', textAt(partner, 'registered_at')],
    ['Health', textAt(partner, 'health', 'state')],
    ['Last error', textAt(partner, 'health', 'last_error')],
    ['Last success', textAt(partner, 'health', 'last_success_at')],
    ['Waiting', `${backlogOf(partner)} changes not yet delivered`],
    ['Refused', `${numberAt(partner, 'health', 'refusals')} objects the partner did not accept`],
  ]
  const endpoints = listAt(partner, 'endpoints').map((endpoint) => [
    textAt(endpoint, 'identifier'),
    textAt(endpoint, 'role'),
    textAt(endpoint, 'url'),
  ])
  return [
    ...pairLines(
      pairs.filter(([, value]) => value !== ''),
      width,
    ),
    ...(endpoints.length === 0 ? [] : ['', ...tableLines(['MODULE', 'SIDE', 'URL'], endpoints, width)]),
  ]
}

/** An invitation with everything the partner needs. */
export const invitationLines = (invitation: unknown, name: string, width: number): readonly string[] => [
  `${name} is invited. Give the partner these; the token is not shown again.`,
  '',
  ...pairLines(
    [
      ['Versions URL', textAt(invitation, 'versions_url')],
      ['Token A', textAt(invitation, 'token_a')],
      ['CPO only', textAt(invitation, 'cpo_versions_url')],
      ['eMSP only', textAt(invitation, 'emsp_versions_url')],
      ['Partner id', textAt(invitation, 'id')],
    ],
    width,
  ),
]
