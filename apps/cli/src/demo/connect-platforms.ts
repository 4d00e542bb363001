import { Failure } from '../failure.js'
import { listAt, textAt } from '../read-json.js'
import type { Platform, Platforms } from './platforms.js'

/** How the two platforms came together. */
export interface DemoConnection {
  readonly version: string
  /** False when an earlier run had registered them already. */
  readonly registeredNow: boolean
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

const isPartner = (partner: unknown, other: Platform): boolean =>
  textAt(partner, 'status') === 'REGISTERED' &&
  textAt(partner, 'versions_url').startsWith(`${other.url}/`) &&
  listAt(partner, 'roles').some((role) => textAt(role, 'party_id') === other.party.partyId)

/** Partners of an earlier run that do not answer any more, for instance because the ports changed. */
const removeStale = async (platform: Platform, partners: readonly unknown[]): Promise<void> => {
  for (const partner of partners)
    await platform.operator.call('DELETE', `/partners/${encodeURIComponent(textAt(partner, 'id'))}`)
}

/**
 * Hosts both parties and registers the platforms with each other through OCPI: the eMSP invites, the CPO registers.
 * Platforms that an earlier run registered stay as they are. Throws Failure.
 */
export const connectPlatforms = async ({ cpo, emsp }: Platforms): Promise<DemoConnection> => {
  const startedMs = performance.now()
  await Promise.all([host(cpo), host(emsp)])
  const [atCpo, atEmsp] = await Promise.all([partnersOf(cpo), partnersOf(emsp)])
  const known = atCpo.find((partner) => isPartner(partner, emsp))
  const durationMs = (): number => performance.now() - startedMs
  if (known !== undefined && atEmsp.some((partner) => isPartner(partner, cpo)))
    return { version: textAt(known, 'version'), registeredNow: false, durationMs: durationMs() }
  await removeStale(cpo, atCpo)
  await removeStale(emsp, atEmsp)
  const invitation = await emsp.operator.call('POST', '/partners', { name: cpo.party.name })
  const registered = await cpo.operator.call('POST', '/partners', {
    name: emsp.party.name,
    versions_url: textAt(invitation, 'versions_url'),
    token_a: textAt(invitation, 'token_a'),
  })
  if (textAt(registered, 'status') !== 'REGISTERED')
    throw new Failure(`The platforms did not register: ${textAt(registered, 'status_reason')}`, {
      hint: 'Begin anew with --fresh.',
    })
  return { version: textAt(registered, 'version'), registeredNow: true, durationMs: durationMs() }
}
