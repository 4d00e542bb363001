export * from './authoring/author-cdr.js'
export {
  type AuthoredPeriods,
  type AuthoringFacts,
  type AuthoringRefusal,
  authorPeriods,
} from './authoring/author-periods.js'
export type { MeterReading } from './authoring/readings.js'
export * from './check/check-cdr.js'
export * from './check/codes.js'
export * from './check/context.js'
export type { CheckFinding } from './check/finding.js'
export * from './check/report.js'
export { pricesAlike } from './check/tariffs.js'
export * from './documents/guess-version.js'
export * from './documents/read-documents.js'
export * from './documents/with-tariffs.js'
export * from './exact/money.js'
export type { Charged } from './explain/charged.js'
export type { Condition, ConditionKind } from './explain/condition.js'
export * from './explain/describe-tariff.js'
export * from './explain/explain.js'
export * from './explain/explanation-table.js'
export * from './explain/is-explanation.js'
export * from './explain/language.js'
export * from './explain/sentences.js'
export * from './explain/session-statements.js'
export * from './explain/tariff-statements.js'
export type { LintContext, LintFinding, LintSeverity } from './lint/finding.js'
export * from './lint/lint-all.js'
export * from './lint/lint-tariff.js'
export * from './lint/packs/index.js'
export * from './policy/policy.js'
export type { Amount, Part } from './price/amounts.js'
export type { Charge, Unpriced } from './price/measure.js'
export * from './price/price-session.js'
export * from './publish/publish.js'
export * from './quote/choose-tariff.js'
export * from './quote/compare-quotes.js'
export type {
  Bounds,
  ChargeCurvePoint,
  ChargePlan,
  EnergyGoal,
  PlannedConnector,
  PlannedVehicle,
  Unknowns,
} from './quote/plan.js'
export { type Quote, type QuoteOutcome, quote } from './quote/quote.js'
export * from './quote/quote-report.js'
export type { Dependence, QuoteRange, Unknown } from './quote/range.js'
export type { QuoteRefusal } from './quote/try-case.js'
export * from './rehearsal/rehearse.js'
export * from './rehearsal/typical-sessions.js'
export * from './running/running-cost.js'
export { type Outcome, outcomeOf, type SessionToPrice } from './session/session.js'
export {
  type CompiledTariffs,
  type CompileOptions,
  type Component,
  compileTariffs,
  type Dimension,
  type Refusal,
} from './tariff/compile-tariffs.js'
export { currencyDigits } from './tariff/currency.js'
export { type ZoneClock, zoneClock } from './zone/zone-clock.js'
