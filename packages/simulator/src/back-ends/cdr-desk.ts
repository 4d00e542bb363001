import { isReconciled, objectionsOf, recompute } from '../billing/cdr-check.js'
import { type FaultName, nameFault } from '../billing/name-fault.js'
import { grossOf } from '../gross.js'
import type { Tariff } from '../tariffs.js'
import type { Tell } from '../world-event.js'
import type { CDR } from './documents.js'
import { textAt } from './json.js'
import { type OperatorApi, path } from './operator-api.js'
import { isTariff } from './read-cdr.js'

/** What the one who pays thinks of a CDR. */
export interface Verdict {
  readonly agrees: boolean
  /** The way of overcharging it looks like. */
  readonly fault: FaultName | undefined
  /** Codes of what stands against it. */
  readonly findings: readonly string[]
}

interface CdrDeskContext {
  readonly api: OperatorApi
  readonly tell: Tell
  readonly label: string
  onBooked(cdr: CDR, verdict: Verdict): void
}

/** Recomputes every CDR from what its node holds, books it, and says what stands against it. */
export interface CdrDesk {
  take(cdr: CDR): Promise<void>
}

/** Remembers answers; what was not found is asked again. */
const remembering = <T>(ask: (key: string) => Promise<T | undefined>) => {
  const known = new Map<string, T>()
  return async (key: string): Promise<T | undefined> => {
    const value = known.get(key) ?? (await ask(key))
    if (value !== undefined) known.set(key, value)
    return value
  }
}

/** The bookkeeping of an eMSP over its node's operator API. */
export const createCdrDesk = (context: CdrDeskContext): CdrDesk => {
  const { api } = context
  const bySession = new Map<string, CDR[]>()
  const get = async (address: string): Promise<unknown> => {
    const answer = await api.call('GET', address)
    return answer.kind === 'ok' ? answer.body : undefined
  }
  /** A CDR carries no time zone; the received Location does. */
  const zoneAt = remembering(async (address) => textAt(await get(address), 'time_zone'))
  const tariffAt = remembering(async (address): Promise<Tariff | undefined> => {
    const body = await get(address)
    return isTariff(body) ? body : undefined
  })
  /** Other CDRs of the session that came before this one. */
  const earlierOf = (cdr: CDR): readonly CDR[] => {
    if (cdr.session_id === undefined) return []
    const all = bySession.get(cdr.session_id) ?? []
    bySession.set(cdr.session_id, [...all, cdr])
    return all
  }
  const publishedOf = async (cdr: CDR): Promise<readonly Tariff[]> => {
    const { country_code, party_id, tariffs = [] } = cdr
    const found = await Promise.all(
      tariffs.map(({ id }) => tariffAt(path('tariffs', country_code, party_id, id))),
    )
    return found.filter((tariff) => tariff !== undefined)
  }
  return {
    async take(cdr) {
      const sessionCdrs = earlierOf(cdr)
      const place = path('locations', cdr.country_code, cdr.party_id, cdr.cdr_location.id)
      const [timeZone, published] = await Promise.all([zoneAt(place), publishedOf(cdr)])
      const check = recompute(cdr, { timeZone, published, sessionCdrs })
      const agrees = isReconciled(check)
      const fault = agrees ? undefined : nameFault(cdr, check, timeZone)
      const objections = objectionsOf(check).map(({ code, message }) => ({ code, message }))
      const findings = [...new Set(objections.map(({ code }) => code))]
      context.onBooked(cdr, { agrees, fault: fault?.name, findings })
      context.tell({
        type: 'cdr.received',
        cdr: cdr.id,
        net: cdr.total_cost.before_taxes,
        gross: grossOf(cdr.total_cost),
        currency: cdr.currency,
        ownNet: check.recomputed?.total.before_taxes,
        agrees,
        fault: fault?.does,
        objections,
        emsp: context.label,
      })
    },
  }
}
