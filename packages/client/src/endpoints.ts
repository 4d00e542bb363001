import type { AddressGuard } from './address-guard.js'
import { type Stem, stemOf } from './target.js'

/** An endpoint of a partner, and why it may not be called. */
export interface CheckedStem {
  readonly stem: Stem
  /** What the guard says of its text; hosts that only this request may call are not looked at. */
  readonly refusal: string | undefined
}

const KEPT_MAX = 4096

/** Takes endpoints apart and asks the guard about them, once per URL: a partner's endpoints are few, its requests many. */
export const createEndpoints = (guard: AddressGuard): ((endpointUrl: string) => CheckedStem | undefined) => {
  const kept = new Map<string, CheckedStem>()
  return (endpointUrl) => {
    const known = kept.get(endpointUrl)
    if (known !== undefined) return known
    const stem = stemOf(endpointUrl)
    if (stem === undefined) return undefined
    if (kept.size >= KEPT_MAX) kept.clear()
    const checked = { stem, refusal: guard.refusalOf(stem.url) }
    kept.set(endpointUrl, checked)
    return checked
  }
}
