import { type PartyRole, roleOffering, type Side, versionOf } from '@interwatt/protocol'

/** First segment of every OCPI path of this server. */
export const OCPI_ROOT = '/ocpi'

/** The list of versions for everybody, and those bound to a role of ours, which older versions need (VER-007). */
export const versionListPaths = { all: '/versions', CPO: '/cpo/versions', EMSP: '/emsp/versions' } as const

const sidePath: Readonly<Record<Side, string>> = { SENDER: 'sender', RECEIVER: 'receiver' }
const rolePath: Readonly<Record<PartyRole, string>> = { CPO: '/cpo', EMSP: '/emsp' }

/** True when the addresses of a version say in which role of ours they are; its details then do not. */
export const isRoleBound = (version: string): boolean => versionOf(version)?.traits.connects === 'parties'

/** Path of a version's details below the root; of a role of ours, where addresses are bound to one. */
export const versionPath = (version: string, role?: PartyRole): string =>
  isRoleBound(version) && role !== undefined ? `${rolePath[role]}/${version}` : `/${version}`

/** Path of a module below the root. Credentials belong to no side; others differ by side or by role (ROL-018). */
export const modulePath = (version: string, module: string, side: Side, role?: PartyRole): string => {
  if (isRoleBound(version)) return `${versionPath(version, role ?? roleOffering(module, side))}/${module}`
  return module === 'credentials' ? `/${version}/credentials` : `/${version}/${sidePath[side]}/${module}`
}

/** URL of the details of a version. */
export const versionUrl = (publicUrl: string, version: string, role?: PartyRole): string =>
  `${publicUrl}${OCPI_ROOT}${versionPath(version, role)}`

/** URL of one side of a module, as version details show it. */
export const moduleUrl = (
  publicUrl: string,
  version: string,
  module: string,
  side: Side,
  role?: PartyRole,
): string => `${publicUrl}${OCPI_ROOT}${modulePath(version, module, side, role)}`

/** URLs of the version lists to hand to partners. */
export const versionListUrls = (publicUrl: string): { all: string; cpo: string; emsp: string } => ({
  all: `${publicUrl}${OCPI_ROOT}${versionListPaths.all}`,
  cpo: `${publicUrl}${OCPI_ROOT}${versionListPaths.CPO}`,
  emsp: `${publicUrl}${OCPI_ROOT}${versionListPaths.EMSP}`,
})
