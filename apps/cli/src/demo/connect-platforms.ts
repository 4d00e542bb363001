import { versionOf } from '@interwatt/protocol'
import { Failure } from '../failure.js'
import { listAt, textAt } from '../read-json.js'
import type { DemoEmsp, DemoParty } from './parties.js'
import { type Platform, type Platforms, partnersIn } from './platforms.js'

/** How a platform and the CPO are connected. */
export interface PlatformConnection {
  readonly version: string
  /** Id of the platform as a partner of the CPO. */
  readonly partnerId: string
  /** False when an earlier run had registered them already. */
  readonly registeredNow: boolean
}

/** How the platforms came together. */
export interface DemoConnection {
  /** In the order of the eMSPs. */
  readonly emsps: readonly [PlatformConnection, ...PlatformConnection[]]
  /** Of the payment terminal provider, where there is one. */
  readonly ptp: PlatformConnection | undefined
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
  textAt(partner, 'versions_url').startsWith(`${other.publicUrl}/`) &&
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

const notRegistered = (one: Platform, other: Platform, registered: unknown): Failure =>
  new Failure(
    `${one.party.name} and ${other.party.name} did not register: ${textAt(registered, 'status_reason')}`,
    { hint: 'Begin anew with --fresh.' },
  )

const registerEmsp = async (cpo: Platform, emsp: Platform<DemoEmsp>): Promise<PlatformConnection> => {
  const { version, name } = emsp.party
  const invitation = await emsp.operator.call('POST', '/partners', { name: cpo.party.name, role: 'CPO' })
  const registered = await cpo.operator.call('POST', '/partners', {
    name,
    role: 'EMSP',
    versions_url: versionsUrl(invitation, version),
    token_a: textAt(invitation, 'token_a'),
    ...(version === undefined ? {} : { version }),
  })
  if (!isRegistered(registered)) throw notRegistered(emsp, cpo, registered)
  return { version: textAt(registered, 'version'), partnerId: textAt(registered, 'id'), registeredNow: true }
}

/** The CPO invites with the module of card payments, which not every platform knows; the provider registers. */
const registerPtp = async (cpo: Platform, ptp: Platform): Promise<PlatformConnection> => {
  const invitation = await cpo.operator.call('POST', '/partners', {
    name: ptp.party.name,
    modules: [{ identifier: 'payments', role: 'RECEIVER' }],
  })
  const registered = await ptp.operator.call('POST', '/partners', {
    name: cpo.party.name,
    versions_url: textAt(invitation, 'versions_url'),
    token_a: textAt(invitation, 'token_a'),
  })
  if (!isRegistered(registered)) throw notRegistered(ptp, cpo, registered)
  return {
    version: textAt(registered, 'version'),
    partnerId: textAt(invitation, 'id'),
    registeredNow: true,
  }
}

const connect = async <P extends DemoParty>(
  cpo: Platform,
  other: Platform<P>,
  version: string | undefined,
  register: (cpo: Platform, other: Platform<P>) => Promise<PlatformConnection>,
): Promise<PlatformConnection> => {
  const [atCpo, atOther] = await Promise.all([partnersOf(cpo), partnersOf(other)])
  const known = atCpo.find((partner) => isPartner(partner, other) && isIn(partner, version))
  if (known !== undefined && atOther.some((partner) => isPartner(partner, cpo)))
    return { version: textAt(known, 'version'), partnerId: textAt(known, 'id'), registeredNow: false }
  // NOTE: partners of the CPO that take no part in this run are kept; they catch up when they are back.
  await removeStale(
    cpo,
    atCpo.filter((partner) => hasParty(partner, other) || !isRegistered(partner)),
  )
  await removeStale(other, atOther)
  return register(cpo, other)
}

/**
 * Hosts the parties and registers the CPO with each eMSP through OCPI, in the version of the eMSP: the eMSP invites, the
 * CPO registers. A payment terminal provider is invited by the CPO. Platforms that an earlier run registered stay as they are. Throws Failure.
 */
export const connectPlatforms = async (platforms: Platforms): Promise<DemoConnection> => {
  const startedMs = performance.now()
  const { cpo, emsps, ptp: provider } = platforms
  await Promise.all([cpo, ...partnersIn(platforms)].map(host))
  const connectEmsp = (emsp: Platform<DemoEmsp>): Promise<PlatformConnection> =>
    connect(cpo, emsp, emsp.party.version, registerEmsp)
  const [emsp, ...otherEmsps] = emsps
  const first = await connectEmsp(emsp)
  const others: PlatformConnection[] = []
  for (const other of otherEmsps) others.push(await connectEmsp(other))
  const ptp = provider && (await connect(cpo, provider, undefined, registerPtp))
  return { emsps: [first, ...others], ptp, durationMs: performance.now() - startedMs }
}
