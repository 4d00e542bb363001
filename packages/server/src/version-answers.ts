import { type Side, type Version, versions } from '@interwatt/protocol'
import type { Caller, Reply, ServerPorts } from './ports.js'
import type { OwnAnswers } from './route-table.js'
import { moduleUrl, versionUrl } from './urls.js'

/** What versions endpoints answer; everything that does not depend on the caller is written once. */
export const versionAnswers = (ports: ServerPorts): OwnAnswers => {
  const { publicUrl } = ports
  const list = versions.map((version) => ({ version: version.id, url: versionUrl(publicUrl, version.id) }))
  const listReply: Reply = { kind: 'text', json: JSON.stringify(list) }
  const details = new Map(versions.map((version) => [version.id, endpointsOf(version, publicUrl)]))
  return {
    versionList: () => listReply,
    versionDetails: (version, caller) => {
      const shown = details.get(version.id)?.filter((each) => mayUse(ports, caller, version, each)) ?? []
      return {
        kind: 'text',
        json: `{"version":${JSON.stringify(version.id)},"endpoints":[${shown.map((each) => each.text).join(',')}]}`,
      }
    },
  }
}

interface Listed {
  readonly module: string
  readonly side: Side
  readonly configuration: boolean
  readonly text: string
}

const endpointsOf = (version: Version, publicUrl: string): readonly Listed[] =>
  version.modules.flatMap((module) => {
    const sides = [...new Set(module.endpoints.map((endpoint) => endpoint.side))]
    return sides.map((side) => ({
      module: module.id,
      side,
      configuration: module.kind === 'configuration',
      text: JSON.stringify({
        identifier: module.advertisedAs ?? module.id,
        role: side,
        url: moduleUrl(publicUrl, version.id, module.id, side),
      }),
    }))
  })

/** Credentials are always there (VER-004), other modules as far as the caller may use them (VER-015). */
const mayUse = (ports: ServerPorts, caller: Caller, version: Version, listed: Listed): boolean =>
  listed.configuration || ports.offers(caller, version.id, listed.module, listed.side)
