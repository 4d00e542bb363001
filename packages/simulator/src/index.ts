export type { CDR, Party, Session } from './back-ends/documents.js'
export type { SteeringPlan } from './back-ends/steering.js'
export { BILLING_FAULTS, type BillingFault, type FaultName } from './billing/faults.js'
export { type CarModel, cars, visitorModel } from './cars.js'
export { createDrivers, type Driver, type Habits, type Issuer, type TokenDraft } from './drivers.js'
export type { Disturbance, NetworkTrouble, TroubledNetwork } from './faults/network.js'
export { START_FAULTS, type StartFault } from './faults/start-faults.js'
export {
  type CardPaymentEvent,
  type CardPaymentOptions,
  type CardPaymentSummary,
  type CardPayments,
  createCardPayments,
} from './payments/card-payments.js'
export {
  createPaymentTerminals,
  type PaymentEnd,
  type PaymentTerminalOptions,
  type PaymentTerminals,
} from './payments/payment-terminals.js'
export type { Place } from './payments/place.js'
export { terminalPlace, withCardReader } from './payments/terminal-place.js'
export { DEFAULT_RATES, type WorldRates } from './rates.js'
export type { BilledFault, ExplainedFault, Totals, WorldSummary } from './tally.js'
export { berlinTariffs, TARIFF_IDS, type TariffDraft } from './tariffs.js'
export { createWorld } from './world.js'
export type { WorldEvent } from './world-event.js'
export type { FaultKind, World, WorldEmsp, WorldOptions, WorldParty } from './world-options.js'
