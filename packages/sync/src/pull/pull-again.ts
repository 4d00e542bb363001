import { randomUUID } from 'node:crypto'
import { partyLabel, versionOf } from '@interwatt/protocol'
import { openPartner, type SyncNode } from '../node.js'
import { planAgain, type ReturnedParty } from './pull-again.rules.js'
import { modulesToPull } from './pull-legs.rules.js'

/**
 * Makes the lists of a hub due now that hold what parties own which are there again (HCI-012). Stored, so that whichever node serves
 * the hub reads them, after a restart too; answers whether there is anything to read.
 */
export const pullAgain = async (
  node: Pick<SyncNode, 'deps'>,
  partnerId: string,
  returned: readonly ReturnedParty[],
): Promise<boolean> => {
  const { deps } = node
  const open = returned.length === 0 ? 'inactive' : await openPartner(node, partnerId)
  if (typeof open !== 'object') return false
  const routed = versionOf(open.target.version)?.traits.routingHeaders ?? false
  const asked = planAgain(modulesToPull(open.partner, { hosted: open.hosted, routed }), returned)
  for (const [module, since] of asked)
    await deps.sync.askPull(partnerId, [module], { id: randomUUID(), since })
  if (asked.size === 0) return false
  // NOTE: the event also wakes the node that serves the hub: it moves the sequence that all nodes watch.
  const parties = [...new Set(returned.map(({ party }) => partyLabel(party)))].slice(0, 20)
  deps.onEvent({ type: 'sync.pull.asked', subject: partnerId, data: { modules: [...asked.keys()], parties } })
  return true
}
