const FIRST_DELAY_MS = 5_000
const LONGEST_DELAY_MS = 4 * 3_600_000
const GIVE_UP_AFTER_MS = 24 * 3_600_000
/** Part of a delay that is random, so that receivers are not hit by all nodes at once. */
const JITTER = 0.2

/** Delay after the nth failure in a row without jitter, in milliseconds. */
const nominalDelayMs = (failures: number): number =>
  Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), LONGEST_DELAY_MS)

const waitedMs = (failures: number): number => {
  let sum = 0
  for (let failure = 1; failure < failures; failure += 1) sum += nominalDelayMs(failure)
  return sum
}

/** What to do after a failed delivery. */
export type RetryPlan = { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'give_up' }

/**
 * Plans what follows the nth failure in a row: 5 s, 10 s, 20 s … at most 4 hours apart, until 24 hours have been waited.
 * `random` is from 0 (inclusive) to 1 (exclusive).
 */
export const planRetry = (failures: number, random: number): RetryPlan => {
  const delayMs = nominalDelayMs(failures)
  if (waitedMs(failures) + delayMs > GIVE_UP_AFTER_MS) return { kind: 'give_up' }
  return { kind: 'retry', delayMs: Math.round(delayMs * (1 - JITTER / 2 + JITTER * random)) }
}

/** Whether an answer says that the receiver is gone for good (Standard Webhooks: 410). */
export const isGone = (status: number): boolean => status === 410

/** Whether an answer acknowledges the delivery. */
export const isAcknowledged = (status: number): boolean => status >= 200 && status < 300
