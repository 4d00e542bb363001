import type { ocpi230 } from '@interwatt/protocol'
import type { CardPaymentEvent, CardPayments, WorldParty } from '@interwatt/simulator'
import { Failure } from '../failure.js'

/** What card payments need of the demonstration. */
export interface PaymentRunOptions {
  readonly cpo: WorldParty
  readonly ptp: WorldParty
  readonly location: ocpi230.Location
  readonly count: number
  onStep(event: CardPaymentEvent): void
}

/** Longest time for one session of a card payer and its CDR, in milliseconds. */
const PATIENCE_MS = 90_000

/** Activates the terminal and begins; throws Failure when it cannot. */
export const startPayments = async (options: PaymentRunOptions): Promise<CardPayments> => {
  const { createCardPayments } = await import('@interwatt/simulator')
  const payments = createCardPayments({ ...options, patienceMs: PATIENCE_MS })
  const started = await payments.start()
  if (started.kind === 'started') return payments
  await payments.stop()
  throw new Failure(`Card payments could not begin: ${started.reason}`, { hint: 'Begin anew with --fresh.' })
}
