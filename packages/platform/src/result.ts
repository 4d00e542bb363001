import type { Finding } from '@interwatt/protocol'
import type { RegistrationFailure } from './registration/failure-kinds.js'
import type { RegistrationStep } from './registration/steps.js'

/** An expected failure, with its HTTP status for the operator API. */
export type Problem = {
  readonly kind: 'problem'
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly findings?: readonly Finding[]
  /** Where a registration ended. */
  readonly step?: RegistrationStep
  /** Why it ended there. */
  readonly failure?: RegistrationFailure
  /** A name of its own instead of that of its status, where a program has to tell it from others. */
  readonly type?: string
}

/** Makes a problem, with findings where there are some. */
export const problem = (
  status: number,
  title: string,
  detail: string,
  findings?: readonly Finding[],
): Problem => ({
  kind: 'problem',
  status,
  title,
  detail,
  ...(findings === undefined ? {} : { findings }),
})

/** What was asked for, done. */
export type Done<T> = { readonly kind: 'done'; readonly value: T }
/** Done, or the problem that kept it from being done. */
export type Result<T> = Done<T> | Problem
