import { type PartyRole, type Side, sideOffered, type Version, versions } from '@interwatt/protocol'
import type { Caller, Reply, ServerPorts } from './ports.js'
import type { ListedFor, OwnAnswers } from './route-table.js'
import { isRoleBound, moduleUrl, versionUrl } from './urls.js'

/** What versions endpoints answer; everything that does not depend on the caller is written once. */
export const versionAnswers = (ports: ServerPorts): OwnAnswers => {
  const { publicUrl } = ports
  const lists: Readonly<Record<ListedFor, Reply>> = {
    all: listFor(publicUrl, undefined),
    CPO: listFor(publicUrl, 'CPO'),
    EMSP: listFor(publicUrl, 'EMSP'),
  }
  const details = new Map<string, readonly Listed[]>()
  const detailsOf = (version: Version, role: PartyRole | undefined): readonly Listed[] => {
    const key = `${role} ${version.id}`
    const known = details.get(key) ?? endpointsOf(version, publicUrl, role)
    details.set(key, known)
    return known
  }
  return {
    versionList: (list) => lists[list],
    versionDetails: (version, caller, role) => {
      const shown = detailsOf(version, role).filter((each) => mayUse(ports, caller, version, each))
      return {
        kind: 'text',
        json: `{"version":${JSON.stringify(version.id)},"endpoints":[${shown.map((each) => each.text).join(',')}]}`,
      }
    },
  }
}

/** Versions whose addresses are bound to a role stand in the lists of that role only (VER-007). */
const listFor = (publicUrl: string, role: PartyRole | undefined): Reply => {
  const listed = versions.filter((version) => role !== undefined || !isRoleBound(version.id))
  const entries = listed.map(({ id }) => ({ version: id, url: versionUrl(publicUrl, id, role) }))
  return { kind: 'text', json: JSON.stringify(entries) }
}

interface Listed {
  readonly module: string
  readonly side: Side
  readonly text: string
}

const sidesOf = (module: Version['modules'][number], role: PartyRole | undefined): readonly Side[] =>
  role === undefined
    ? [...new Set(module.endpoints.map((endpoint) => endpoint.side))]
    : [sideOffered(role, module.id)]

/** An endpoint says its side unless the address says our role (VER-005, VER-007). */
const endpointsOf = (version: Version, publicUrl: string, role: PartyRole | undefined): readonly Listed[] =>
  version.modules.flatMap((module) =>
    sidesOf(module, role).map((side) => ({
      module: module.id,
      side,
      text: JSON.stringify({
        identifier: module.advertisedAs ?? module.id,
        ...(role === undefined ? { role: side } : {}),
        url: moduleUrl(publicUrl, version.id, module.id, side, role),
      }),
    })),
  )

/** Credentials are always there (VER-004), other modules as far as the caller may use them (VER-015). */
const mayUse = (ports: ServerPorts, caller: Caller, version: Version, listed: Listed): boolean =>
  listed.module === 'credentials' || ports.offers(caller, version.id, listed.module, listed.side)
