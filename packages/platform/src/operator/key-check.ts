import type { ApiKey } from '@interwatt/store'
import type { Attempts } from '../web/attempts.js'
import type { KeyRing } from './api-keys.js'
import { ProblemError, problem, tooMany } from './problem.js'

/** Pairs of address and key that got in, remembered so that a stranger behind the same proxy cannot lock them out. */
const TRUSTED_PAIRS = 1_000

/** Says that a key or a sign-in is missing or not known. */
export const refuseKey = (detail: string): ProblemError =>
  new ProblemError(problem(401, detail), { 'www-authenticate': 'Bearer realm="interwatt"' })

const TOO_MANY = 'Too many wrong keys from this address. Wait, then try again.'

/** Checks an operator key presented from an address; throws 401, or 429 after too many wrong ones. */
export type CheckKey = (address: string, text: string) => Promise<ApiKey>

/** Checks operator keys and counts wrong ones per address, however they are presented. */
export const createKeyCheck = (options: {
  readonly ring: KeyRing
  readonly attempts: Attempts
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
    if (waitMs > 0 && (key === undefined || !trusted.has(pair))) throw tooMany(waitMs, TOO_MANY)
    if (key === undefined) {
      options.attempts.record(address)
      throw refuseKey('This operator key is not known.')
    }
    trust(pair)
    return key
  }
}
