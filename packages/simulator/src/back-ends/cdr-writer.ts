import { grossOf } from '../pricing/amounts.js'
import type { CpoContext } from './cpo-context.js'
import type { CDR } from './documents.js'
import { path } from './operator-api.js'

/** Writes a CDR to the node once; a repeated PUT has the same content. */
export const createCdrWriter =
  (
    context: Pick<CpoContext, 'api' | 'party' | 'tell'>,
    onWritten: (cdr: CDR) => void,
  ): CpoContext['writeCdr'] =>
  async (cdr, sessionId) => {
    const address = `/cdrs${path(context.party.countryCode, context.party.partyId, cdr.id)}`
    const answer = await context.api.call('PUT', address, cdr)
    if (answer.kind !== 'ok')
      return context.tell({ type: 'trouble', door: 'cpo', doing: `PUT CDR ${cdr.id}`, reason: answer.reason })
    onWritten(cdr)
    context.tell({
      type: 'cdr.written',
      cdr: cdr.id,
      session: sessionId,
      kwh: cdr.total_energy,
      net: cdr.total_cost.before_taxes,
      gross: grossOf(cdr.total_cost),
      currency: cdr.currency,
    })
  }
