/**
 * Runs independent implementations of OCPI against a node, over HTTP on the loopback: `npx tsc -b && node test/interop/run.js`.
 * `rust` or `python` as an argument runs only that one. Ends with 1 when something failed that is not a known deviation.
 */

import { createReadStream } from 'node:fs'
import { berlinExtract, importBnetza } from '@interwatt/platform'
import { deviations } from './deviations.js'
import { locations, tariffs, tokens } from './documents.js'
import { implementations } from './implementations.js'
import { nodeAsCpo } from './node-as-cpo.js'
import { nodeAsEmsp } from './node-as-emsp.js'
import { startNode } from './node-under-test.js'
import { startPeer } from './peer.js'
import { createTable } from './table.js'

/** The exchange ends after this, whatever hangs. */
const LIMIT_MS = 15 * 60_000

const fill = async (node) => {
  const details = { name: 'Interwatt interop' }
  await node.api('PUT', '/parties/DE/IWC', { roles: ['CPO'], business_details: details })
  await node.api('PUT', '/parties/DE/IWE', { roles: ['EMSP'], business_details: details })
  for (const one of tariffs) await node.api('PUT', `/tariffs/DE/IWC/${one.id}`, one)
  for (const one of locations) await node.api('PUT', `/locations/DE/IWC/${one.id}`, one)
  for (const one of tokens) await node.api('PUT', `/tokens/DE/IWE/${one.uid}?type=${one.type}`, one)
  const berlin = await importBnetza(createReadStream(berlinExtract()), {
    party: { countryCode: 'DE', partyId: 'IWC' },
    now: '2026-05-01T00:00:00Z',
  })
  const added = await node.api('POST', '/locations/bulk', berlin.locations)
  const { total } = await node.api('GET', '/locations?limit=1&own=true')
  process.stdout.write(
    `node: ${total} locations of its own (${JSON.stringify({ ...added, refused: undefined })})\n`,
  )
  return { locations: total, tariffs: tariffs.length, tokens: tokens.length }
}

/** Both roles in every version, each started once by the node and once by the peer. */
const runs = (name, { versions }) =>
  (versions.length > 1 ? versions : [...versions, ...versions]).flatMap((version, index) => [
    { name, version, role: 'EMSP', scenario: nodeAsCpo, starter: index % 2 === 0 ? 'peer' : 'node' },
    { name, version, role: 'CPO', scenario: nodeAsEmsp, starter: index % 2 === 0 ? 'node' : 'peer' },
  ])

const wanted = process.argv.slice(2)
const chosen = Object.entries(implementations).filter(
  ([name]) => wanted.length === 0 || wanted.includes(name),
)
const prepared = chosen.map(([name, implementation]) => ({
  name,
  implementation,
  command: implementation.prepare(),
}))

setTimeout(() => {
  process.stderr.write(`interop: not done within ${LIMIT_MS} ms\n`)
  process.exit(2)
}, LIMIT_MS).unref()

const table = createTable(deviations)
const node = await startNode()
try {
  const own = await fill(node)
  let run = 0
  for (const { name, implementation, command } of prepared) {
    for (const { version, role, scenario, starter } of runs(name, implementation)) {
      run += 1
      const partyId = `${role === 'CPO' ? 'C' : 'E'}${String(run).padStart(2, '0')}`
      const peer = await startPeer({ command, role, version, countryCode: 'NL', partyId })
      const title = `${implementation.name} as ${role}, OCPI ${version}, ${starter} starts`
      try {
        await scenario({ ...implementation, ...table.section(name, title), node, peer, own, run, starter })
      } finally {
        await peer.close()
      }
    }
  }
} finally {
  await node.close()
}
process.exitCode = table.close()
