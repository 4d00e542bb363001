import type { ObjectKey, ObjectLookup, ObjectStore } from '@interwatt/store'
import { isLive } from '../modules/plan-write.js'
import type { PaymentService } from '../services.js'
import { paymentOf } from './payment.rules.js'

/** Payments by what they are linked by: the authorization reference (PAY-021 to PAY-023). */
export const createPaymentService = (deps: {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly lookup: Pick<ObjectLookup, 'byAuthorizationReference'>
}): PaymentService => {
  const byReference: PaymentService['byReference'] = async (reference) => {
    const linked = await deps.lookup.byAuthorizationReference(reference)
    const [first] = linked
    if (first === undefined) return undefined
    return { reference: String(first.document.authorization_reference), ...paymentOf(linked) }
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
