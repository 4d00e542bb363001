import type { Refusal } from '@interwatt/store'
import type { RefusalText } from './outcome.rules.js'
import type { Failure } from './push-run.js'

const prefix = 'given up: '

/** A failure in the words of a refusal, for an object that is set aside so that the rest can go on. */
export const givenUp = (failure: Failure): RefusalText => {
  const { httpStatus, statusCode, message } =
    failure.kind === 'server_error'
      ? failure.refusal
      : { httpStatus: 0, statusCode: 0, message: failure.message }
  return { httpStatus, statusCode, message: `${prefix}${message}`.slice(0, 500) }
}

const firstRetryMs = 5_000
const longestRetryMs = 10 * 60_000

/** The wait before an object that was set aside is tried again, after this many tries in vain. */
export const givenUpRetryMs = (tries: number): number =>
  Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries, 20))

/** One pass tries this many at most. */
const mostAtOnce = 100

/** Refusals that say nothing certain about their object and whose time has come; all of them when the partner recovers. */
export const dueAgain = (
  refusals: readonly Refusal[],
  at: { readonly nowMs: number; readonly recovering: boolean; triesOf(refusal: Refusal): number },
): readonly Refusal[] =>
  refusals
    .filter(({ message }) => message.startsWith(prefix))
    .filter((one) => at.recovering || at.nowMs - Date.parse(one.at) >= givenUpRetryMs(at.triesOf(one)))
    .slice(0, mostAtOnce)
