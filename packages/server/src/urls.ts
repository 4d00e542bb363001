import type { Side } from '@interwatt/protocol'

/** First segment of every OCPI path of this server. */
export const OCPI_ROOT = '/ocpi'

/** Paths below the root that answer with the list of versions; the role-bound ones are for 2.1.1 (VER-007). */
export const versionListPaths = ['/versions', '/cpo/versions', '/emsp/versions'] as const

const sidePath: Readonly<Record<Side, string>> = { SENDER: 'sender', RECEIVER: 'receiver' }

/** Path of a version's details below the root. */
export const versionPath = (version: string): string => `/${version}`

/** Path of a module below the root. Credentials belong to no side; others differ by side (ROL-018). */
export const modulePath = (version: string, module: string, side: Side): string =>
  module === 'credentials' ? `/${version}/credentials` : `/${version}/${sidePath[side]}/${module}`

/** URL of the details of a version. */
export const versionUrl = (publicUrl: string, version: string): string =>
  `${publicUrl}${OCPI_ROOT}${versionPath(version)}`

/** URL of one side of a module, as version details show it. */
export const moduleUrl = (publicUrl: string, version: string, module: string, side: Side): string =>
  `${publicUrl}${OCPI_ROOT}${modulePath(version, module, side)}`

/** URLs of the version lists to hand to partners. */
export const versionListUrls = (publicUrl: string): { all: string; cpo: string; emsp: string } => ({
  all: `${publicUrl}${OCPI_ROOT}${versionListPaths[0]}`,
  cpo: `${publicUrl}${OCPI_ROOT}${versionListPaths[1]}`,
  emsp: `${publicUrl}${OCPI_ROOT}${versionListPaths[2]}`,
})
