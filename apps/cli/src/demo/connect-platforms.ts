import { versionOf } from '@interwatt/protocol'
import { Failure } from '../failure.js'
import { listAt, textAt } from '../read-json.js'
import type { DemoEmsp } from './parties.js'
import type { Platform, Platforms } from './platforms.js'

/** How an eMSP and the CPO are connected. */
export interface EmspConnection {
  readonly version: string
  /** Id of the eMSP as a partner of the CPO. */
  readonly partnerId: string
  /** False when an earlier run had registered them already. */
  readonly registeredNow: boolean
}

/** How the platforms came together. */
export interface DemoConnection {
  /** In the order of the eMSPs. */
  readonly emsps: readonly [EmspConnection, ...EmspConnection[]]
  readonly durationMs: number
}

const host = async (platform: Platform): Promise<void> => {
  const { countryCode, partyId, role, name } = platform.party
  await platform.operator.call('PUT', `/parties/${countryCode}/${partyId}`, {
    roles: [role],
    business_details: { name },
  })
}

const partnersOf = async (platform: Platform): Promise<readonly unknown[]> =>
  listAt(await platform.operator.call('GET', '/partners'), 'items')

const hasParty = (partner: unknown, { party }: Platform): boolean =>
  listAt(partner, 'roles').some(
    (role) =>
      textAt(role, 'country_code') === party.countryCode && textAt(role, 'party_id') === party.partyId,
  )

const isRegistered = (partner: unknown): boolean => textAt(partner, 'status') === 'REGISTERED'

const isPartner = (partner: unknown, other: Platform): boolean =>
  isRegistered(partner) &&
  textAt(partner, 'versions_url').startsWith(`${other.url}/`) &&
  hasParty(partner, other)

const isIn = (partner: unknown, version: string | undefined): boolean =>
  version === undefined || textAt(partner, 'version') === version

/** Partners of an earlier run that do not answer any more, for instance because the ports changed. */
const removeStale = async (platform: Platform, partners: readonly unknown[]): Promise<void> => {
  for (const partner of partners)
    await platform.operator.call('DELETE', `/partners/${encodeURIComponent(textAt(partner, 'id'))}`)
}

/** Where the CPO finds the eMSP: an older version has an address for each role. */
const versionsUrl = (invitation: unknown, version: string | undefined): string => {
  const oneRole = version !== undefined && versionOf(version)?.traits.connects === 'parties'
  return textAt(invitation, oneRole ? 'emsp_versions_url' : 'versions_url')
}

const register = async (cpo: Platform, emsp: Platform<DemoEmsp>): Promise<EmspConnection> => {
  const { version, name } = emsp.party
  const invitation = await emsp.operator.call('POST', '/partners', { name: cpo.party.name, role: 'CPO' })
  const registered = await cpo.operator.call('POST', '/partners', {
    name,
    role: 'EMSP',
    versions_url: versionsUrl(invitation, version),
    token_a: textAt(invitation, 'token_a'),
    ...(version === undefined ? {} : { version }),
  })
  if (!isRegistered(registered))
    throw new Failure(
      `${name} and ${cpo.party.name} did not register: ${textAt(registered, 'status_reason')}`,
      {
        hint: 'Begin anew with --fresh.',
      },
    )
  return { version: textAt(registered, 'version'), partnerId: textAt(registered, 'id'), registeredNow: true }
}

const connect = async (cpo: Platform, emsp: Platform<DemoEmsp>): Promise<EmspConnection> => {
  const [atCpo, atEmsp] = await Promise.all([partnersOf(cpo), partnersOf(emsp)])
  const { version } = emsp.party
  const known = atCpo.find((partner) => isPartner(partner, emsp) && isIn(partner, version))
  if (known !== undefined && atEmsp.some((partner) => isPartner(partner, cpo)))
    return { version: textAt(known, 'version'), partnerId: textAt(known, 'id'), registeredNow: false }
  // NOTE: partners of the CPO that take no part in this run are kept; they catch up when they are back.
  await removeStale(
    cpo,
    atCpo.filter((partner) => hasParty(partner, emsp) || !isRegistered(partner)),
  )
  await removeStale(emsp, atEmsp)
  return register(cpo, emsp)
}

/**
 * Hosts the parties and registers the CPO with each eMSP through OCPI, in the version of the eMSP: the eMSP invites, the
 * CPO registers. Platforms that an earlier run registered stay as they are. Throws Failure.
 */
export const connectPlatforms = async ({ cpo, emsps }: Platforms): Promise<DemoConnection> => {
  const startedMs = performance.now()
  await Promise.all([cpo, ...emsps].map(host))
  const [emsp, ...otherEmsps] = emsps
  const first = await connect(cpo, emsp)
  const others: EmspConnection[] = []
  for (const other of otherEmsps) others.push(await connect(cpo, other))
  return { emsps: [first, ...others], durationMs: performance.now() - startedMs }
}
