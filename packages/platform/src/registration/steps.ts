import type { Problem } from '../result.js'
import type { RegistrationFailure } from './failure-kinds.js'

/** Steps of a registration with a partner, in their order. */
export const registrationSteps = ['versions', 'details', 'credentials', 'parties'] as const
/** The step at which a registration ended. */
export type RegistrationStep = (typeof registrationSteps)[number]

/** The problem with the step of the registration at which it came up, and its kind. */
export const atStep = (step: RegistrationStep, failure: RegistrationFailure, reason: Problem): Problem => ({
  ...reason,
  step,
  failure,
})
