import { ocpi230, parseDocument } from '@interwatt/protocol'
import type { ObjectKey, StoredObject } from '@interwatt/store'
import type { PriceService } from '../../prices/price-service.js'
import { problem } from '../../result.js'

/** Prices of an in-memory node: no session has a cost, and no connector is known. */
export const pricesInMemory = (tariffOf: (key: ObjectKey) => StoredObject | undefined): PriceService => ({
  session: async () => problem(404, 'Not found', 'There is no such session.'),
  async tariff(key) {
    const stored = tariffOf(key)
    const read = parseDocument(ocpi230.Tariff, stored?.document, 'whole')
    return stored !== undefined && read.ok
      ? { kind: 'done', value: { tariff: read.value, version: stored.versionIn } }
      : problem(404, 'Not found', 'There is no such tariff.')
  },
  offers: async (connectors) =>
    connectors.map(() => ({
      kind: 'none',
      code: 'place-unknown',
      message: 'the connector is not known here',
    })),
})
