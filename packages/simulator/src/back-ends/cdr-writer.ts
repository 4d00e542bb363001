import { isReconciled, recompute } from '../billing/cdr-check.js'
import type { Bill, BilledCdr } from '../billing/faults.js'
import { grossOf } from '../gross.js'
import type { CpoContext } from './cpo-context.js'
import { path } from './operator-api.js'

/** A CDR that was handed to the node, and whether its writer's own check of it held before it went out. */
export interface WrittenCdr extends BilledCdr {
  readonly reconciled: boolean
}

interface Writing extends Pick<CpoContext, 'api' | 'party' | 'tell' | 'tariffs'> {
  readonly bill: Bill
  onWritten(written: WrittenCdr): void
}

/** Checks a CDR, bills it and writes what comes of it to the node, each once; a repeated PUT has the same content. */
export const createCdrWriter =
  ({ api, party, tell, tariffs, bill, onWritten }: Writing): CpoContext['writeCdr'] =>
  async (cdr, { sessionId, timeZone, dear }) => {
    const check = recompute(cdr, { timeZone, published: tariffs, sessionCdrs: [] })
    const reconciled = isReconciled(check)
    if (!reconciled)
      tell({
        type: 'trouble',
        door: 'cpo',
        doing: `own check of CDR ${cdr.id}`,
        reason: reasonOf(check.findings),
      })
    const write = async (billed: BilledCdr): Promise<void> => {
      const { id } = billed.cdr
      const answer = await api.call('PUT', `/cdrs${path(party.countryCode, party.partyId, id)}`, billed.cdr)
      if (answer.kind !== 'ok')
        return tell({ type: 'trouble', door: 'cpo', doing: `PUT CDR ${id}`, reason: answer.reason })
      onWritten({ ...billed, reconciled })
      tell(happened(billed, sessionId))
    }
    for (const billed of bill(cdr, timeZone, dear === true)) await write(billed)
  }

const reasonOf = (findings: readonly { readonly message: string }[]): string =>
  findings.map(({ message }) => message).join('; ')

const happened = ({ cdr, fault }: BilledCdr, sessionId: string) =>
  ({
    type: 'cdr.written',
    cdr: cdr.id,
    session: sessionId,
    kwh: cdr.total_energy,
    net: cdr.total_cost.before_taxes,
    gross: grossOf(cdr.total_cost),
    currency: cdr.currency,
    fault: fault?.does,
  }) as const
