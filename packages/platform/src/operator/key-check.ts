import type { ApiKey } from '@interwatt/store'
import type { KeyRing } from './api-keys.js'
import type { FailedAttempts } from './failed-attempts.js'
import { ProblemError, problem } from './problem.js'

/** Pairs of address and key that got in, remembered so that a stranger behind the same proxy cannot lock them out. */
const TRUSTED_PAIRS = 1_000

/** Says that a key or a sign-in is missing or not known. */
export const refuseKey = (detail: string): ProblemError =>
  new ProblemError(problem(401, detail), { 'www-authenticate': 'Bearer realm="interwatt"' })

const tooMany = (waitMs: number): ProblemError =>
  new ProblemError(problem(429, 'Too many wrong keys from this address. Wait, then try again.'), {
    'retry-after': String(Math.ceil(waitMs / 1000)),
  })

/** Checks an operator key presented from an address; throws 401, or 429 after too many wrong ones. */
export type CheckKey = (address: string, text: string) => Promise<ApiKey>

/** Checks operator keys and counts wrong ones per address, however they are presented. */
export const createKeyCheck = (options: {
  readonly ring: KeyRing
  readonly attempts: FailedAttempts
}): CheckKey => {
  const trusted = new Set<string>()
  const trust = (pair: string): void => {
    const oldest = trusted.size >= TRUSTED_PAIRS ? trusted.values().next() : undefined
    if (oldest?.done === false) trusted.delete(oldest.value)
    trusted.add(pair)
  }
  return async (address, text) => {
    const waitMs = options.attempts.waitMs(address)
    const key = await options.ring.find(text)
    const pair = `${address} ${key?.hash}`
    if (waitMs > 0 && (key === undefined || !trusted.has(pair))) throw tooMany(waitMs)
    if (key === undefined) {
      options.attempts.record(address)
      throw refuseKey('This operator key is not known.')
    }
    trust(pair)
    return key
  }
}
