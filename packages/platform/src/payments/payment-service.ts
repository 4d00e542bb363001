import type { Document, ObjectKey, ObjectLookup, ObjectStore, StoredObject } from '@interwatt/store'
import { isLive } from '../modules/plan-write.js'
import type { PaymentService } from '../services.js'
import { paidPlaceOf } from './invoice-creator.rules.js'
import { paymentOf } from './payment.rules.js'

/** Payments by what they are linked by: the authorization reference (PAY-021 to PAY-023). */
export const createPaymentService = (deps: {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly lookup: Pick<ObjectLookup, 'byAuthorizationReference' | 'terminalsServing'>
}): PaymentService => {
  const byReference: PaymentService['byReference'] = async (reference) => {
    const linked = await deps.lookup.byAuthorizationReference(reference)
    const [first] = linked
    if (first === undefined) return undefined
    const terminals = await servingTerminals(linked)
    return { reference: String(first.document.authorization_reference), ...paymentOf(linked, terminals) }
  }
  const servingTerminals = async (linked: readonly StoredObject[]): Promise<readonly Document[]> => {
    const cdr = linked.find(({ key }) => key.kind === 'cdr')
    const place = cdr && paidPlaceOf(cdr.document)
    const found = place === undefined ? [] : await deps.lookup.terminalsServing(place.ptp, place)
    return found.map(({ document }) => document)
  }
  return {
    byReference,
    async of(key: ObjectKey) {
      const object = await deps.objects.get(key)
      const reference = isLive(object) ? object.document.authorization_reference : undefined
      return typeof reference === 'string' ? byReference(reference) : undefined
    },
  }
}
