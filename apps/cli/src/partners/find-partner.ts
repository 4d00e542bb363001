import { Failure } from '../failure.js'
import type { OperatorConnection } from '../operator/connection.js'
import { listAt, textAt } from '../read-json.js'

/** Id of the partner that a person named by id or by name; throws Failure when none or several match. */
export const findPartnerId = async (node: OperatorConnection, named: string): Promise<string> => {
  const partners = listAt(await node.call('GET', '/partners'), 'items')
  const byId = partners.find((partner) => textAt(partner, 'id') === named)
  if (byId !== undefined) return named
  const byName = partners.filter((partner) => textAt(partner, 'name').toLowerCase() === named.toLowerCase())
  const [only, second] = byName
  if (only !== undefined && second === undefined) return textAt(only, 'id')
  throw new Failure(
    only === undefined
      ? `No partner has the id or name "${named}".`
      : `Several partners are named "${named}".`,
    { hint: '"interwatt partner list" shows all with their ids.' },
  )
}
