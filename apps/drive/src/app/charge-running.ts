import { signal } from '@preact/signals'

/** Whether a charge of the driver runs now: the navigation shows a dot. Set by `useChargeWatch`. */
export const chargeRunning = signal(false)
