import { ocpi230, parseDocument, type VersionId } from '@interwatt/protocol'
import type { ObjectKey, SessionCostRecord } from '@interwatt/store'
import { problem, type Result } from '../result.js'
import { type ConnectorAddress, type OfferedAt, offerAt } from './offers.js'
import type { PriceSessionsDeps } from './price-sessions.js'
import { costOfSession, recordOf } from './session-cost.js'

/** A stored tariff in its 2.3.0 form, and the version it came in. */
export interface KnownTariff {
  readonly tariff: ocpi230.Tariff
  readonly version: VersionId
}

/** What things cost, by what is known here. */
export interface PriceService {
  /** What a session costs as of its newest update. */
  session(session: ObjectKey): Promise<Result<SessionCostRecord>>
  /** A tariff as it is now. */
  tariff(tariff: ObjectKey): Promise<Result<KnownTariff>>
  /** What stored connectors offer to a session that starts at an ISO time, in the order they were asked for. */
  offers(connectors: readonly ConnectorAddress[], at: string): Promise<readonly OfferedAt[]>
}

/** Prices for the operator API. A cost that is stored for an earlier update of its session is computed anew. */
export const createPriceService = (deps: PriceSessionsDeps): PriceService => ({
  async session(session) {
    const [stored, record] = await Promise.all([deps.objects.get(session), deps.costs.get(session)])
    if (stored === undefined || stored.deletedAt !== null)
      return problem(404, 'Not found', 'There is no such session.')
    if (record?.changedSeq === stored.changedSeq) return { kind: 'done', value: record }
    return { kind: 'done', value: recordOf(stored, await costOfSession(deps, stored), deps.now()) }
  },
  async tariff(key) {
    const stored = await deps.objects.get(key)
    if (stored === undefined || stored.deletedAt !== null)
      return problem(404, 'Not found', 'There is no such tariff.')
    const read = parseDocument(ocpi230.Tariff, stored.document, 'whole')
    if (read.ok) return { kind: 'done', value: { tariff: read.value, version: stored.versionIn } }
    return problem(422, 'Not readable', 'The tariff cannot be read as OCPI 2.3.0.', read.findings)
  },
  offers: (connectors, at) => Promise.all(connectors.map((connector) => offerAt(deps, connector, at))),
})
