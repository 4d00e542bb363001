import { signal } from '@preact/signals'

/** Whether a charge of the driver runs now: the navigation shows a dot. Set by the pages of charges. */
export const chargeRunning = signal(false)
