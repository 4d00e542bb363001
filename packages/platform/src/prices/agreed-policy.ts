import { type PricingPolicy, readPolicy } from '@interwatt/pricing'
import type { StoredObject } from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'

/** Where it is looked up what was agreed with a partner. */
export interface AgreedPolicyDeps {
  readonly directory: Pick<Directory, 'profile'>
}

/** The choices of the pricing policy agreed with the partner an object came from; none for an own object. */
export const agreedPolicy = (
  { directory }: AgreedPolicyDeps,
  { receivedFrom }: Pick<StoredObject, 'receivedFrom'>,
): Partial<PricingPolicy> => {
  if (receivedFrom === null) return {}
  const read = readPolicy(directory.profile(receivedFrom).pricing?.policy ?? {})
  return read.ok ? read.policy : {}
}
