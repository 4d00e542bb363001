import { type PartyId, partyLabel } from '@interwatt/protocol'
import { Failure } from '../failure.js'
import type { OperatorConnection } from '../operator/connection.js'
import { listAt, textAt } from '../read-json.js'

/**
 * Makes sure that the node hosts the party as CPO. A party it does not host is made when a business name is given;
 * otherwise throws Failure.
 */
export const ensureHosted = async (
  node: OperatorConnection,
  party: PartyId,
  name: string | undefined,
): Promise<void> => {
  const hosted = listAt(await node.call('GET', '/parties'), 'items').find(
    (item) =>
      textAt(item, 'country_code').toUpperCase() === party.countryCode &&
      textAt(item, 'party_id').toUpperCase() === party.partyId,
  )
  const roles = listAt(hosted, 'roles')
  if (roles.includes('CPO')) return
  if (hosted !== undefined)
    throw new Failure(`${partyLabel(party)} is hosted there, but not as CPO: it cannot own locations.`, {
      hint: 'Give it the role with PUT /api/v1/parties, or name another party with --party.',
    })
  if (name === undefined)
    throw new Failure(`The node does not host ${partyLabel(party)}.`, {
      hint: 'Add --host-as "Business name" to make it a CPO there, or name another party with --party.',
    })
  await node.call('PUT', `/parties/${party.countryCode}/${party.partyId}`, {
    roles: ['CPO'],
    business_details: { name },
  })
}
