import type { ocpi230 } from '@interwatt/protocol'
import { powerOfTen } from '../exact/money.js'
import { explain } from '../explain/explain.js'
import { PARTS } from '../price/amounts.js'
import { type PriceOutcome, priceSession } from '../price/price-session.js'
import { publish } from '../publish/publish.js'
import type { SessionToPrice } from '../session/session.js'
import { type CompiledTariffs, compileTariffs, type Refusal } from '../tariff/compile-tariffs.js'
import { currencyDigits } from '../tariff/currency.js'
import type { Basis } from './basis.js'
import { checkBorders } from './borders.js'
import type { CheckCode } from './codes.js'
import { type CdrCheck, type CheckContext, DEFAULT_TOLERANCE } from './context.js'
import { checkCredit, checkDuplicates, checkSign } from './credit.js'
import { atMostAlike, type CheckFinding, finding } from './finding.js'
import { amountOfMicros, microsOf, statedMicros } from './micros.js'
import { checkPeriods } from './periods.js'
import { findReadings } from './readings.js'
import { checkAttached, checkPublished } from './tariffs.js'
import { checkSum, checkTotals, differenceOf, expectedTotal, FIELD_OF_PART } from './totals.js'
import { checkMissingVolumes, checkVolumes } from './volumes.js'

const CODE_OF_REFUSAL: Readonly<Record<Refusal['code'], CheckCode>> = {
  'no-tariff': 'no_tariff',
  'currencies-differ': 'not_priceable',
  'time-zone-unknown': 'time_zone_missing',
  'time-unreadable': 'not_priceable',
  'number-out-of-range': 'not_priceable',
  'too-long': 'not_priceable',
}

const POINTER_OF_REFUSAL: Readonly<Record<Refusal['code'], string>> = {
  'no-tariff': '/tariffs',
  'currencies-differ': '/tariffs',
  'time-zone-unknown': '/cdr_location',
  'time-unreadable': '/charging_periods',
  'number-out-of-range': '',
  'too-long': '/charging_periods',
}

const toPrice = (cdr: ocpi230.CDR, timeZone: string | undefined): SessionToPrice => ({
  start_date_time: cdr.start_date_time,
  end_date_time: cdr.end_date_time,
  charging_periods: cdr.charging_periods,
  time_zone: timeZone,
  booking_id: cdr.booking_id,
  session_id: cdr.session_id,
})

/** Millionths of the currency that a total may be off by. */
const toleranceOf = ({ tolerance = DEFAULT_TOLERANCE }: CheckContext, digits: number): number =>
  microsOf(Math.max(0, tolerance)) / Number(powerOfTen(digits))

const priced = (session: SessionToPrice, compiled: CompiledTariffs | Refusal): PriceOutcome =>
  compiled.kind === 'refused' ? compiled : priceSession(session, compiled)

/** Everything that can be said without a price. */
const alwaysChecked = (cdr: ocpi230.CDR, context: CheckContext): readonly CheckFinding[] => [
  ...checkPeriods(cdr, context.maxPowerKw),
  ...checkVolumes(cdr),
  ...checkSign(cdr),
  ...checkCredit(cdr, context),
  ...checkDuplicates(cdr, context.sessionCdrs ?? []),
]

const unpriced = (
  cdr: ocpi230.CDR,
  context: CheckContext,
  refusal: Refusal,
  others: readonly CheckFinding[],
): CdrCheck => {
  const { code, message } = refusal
  const stated = statedMicros(cdr.total_cost)
  const tolerance = toleranceOf(context, currencyDigits(cdr.currency))
  const limited = (cdr.tariffs ?? []).some(
    ({ min_price, max_price }) => (min_price ?? max_price) !== undefined,
  )
  return {
    outcome: 'unpriced',
    currency: cdr.currency,
    stated: amountOfMicros(stated),
    difference: undefined,
    recomputed: undefined,
    explanation: undefined,
    findings: atMostAlike([
      finding(CODE_OF_REFUSAL[code], POINTER_OF_REFUSAL[code], message),
      ...others,
      ...checkSum(cdr, tolerance, limited, false),
    ]),
  }
}

const comparedFindings = (basis: Basis): readonly CheckFinding[] => {
  const { cdr, price, tolerance } = basis
  const totals = checkTotals(basis)
  const complete = PARTS.every(
    (part) => price.parts[part].net === 0n || cdr[FIELD_OF_PART[part]] !== undefined,
  )
  return [
    ...totals,
    ...(totals.some(({ code }) => code === 'total_differs') ? findReadings(basis) : []),
    ...checkSum(cdr, tolerance, price.limits.length > 0, complete),
  ]
}

/**
 * Recomputes a CDR, in its 2.3.0 form, from the tariffs it holds (TAR-054) and compares every total with what it states
 * (TAR-084); says besides what else is wrong with it. Never throws for a document that the protocol has read, and never
 * refuses one: what cannot be priced is `unpriced`, with the reason.
 */
export const checkCdr = (cdr: ocpi230.CDR, context: CheckContext = {}): CdrCheck => {
  const held = cdr.tariffs ?? []
  const published = context.publishedTariffs
  const fromStore = held.length === 0 && published !== undefined && published.length > 0
  const tariffs = fromStore ? published : held
  const compiled = compileTariffs(tariffs, {
    ...(context.policy === undefined ? {} : { policy: context.policy }),
    ...(context.version === undefined ? {} : { version: context.version }),
  })
  const session = toPrice(cdr, context.timeZone)
  const price = priced(session, compiled)
  const attached = [
    ...(fromStore
      ? [
          finding(
            'tariff_from_store',
            '/tariffs',
            'the CDR holds no tariff; recomputed with the published one',
          ),
        ]
      : checkPublished(held, published ?? held)),
    ...checkAttached(cdr, tariffs),
  ]
  const others = [...attached, ...alwaysChecked(cdr, context)]
  if (price.kind === 'refused') return unpriced(cdr, context, price, others)
  const basis: Basis = {
    cdr,
    context,
    session,
    price,
    published: publish(price),
    tolerance: toleranceOf(context, price.compiled.digits),
    sign: cdr.credit === true ? -1 : 1,
  }
  const comparable = price.compiled.currency === cdr.currency
  const findings = atMostAlike([
    ...(comparable ? comparedFindings(basis) : []),
    ...checkBorders(basis),
    ...checkMissingVolumes(cdr, price.compiled),
    ...others,
  ])
  const stated = statedMicros(cdr.total_cost)
  return {
    outcome: findings.some(({ severity }) => severity === 'error') ? 'differs' : 'agrees',
    currency: cdr.currency,
    stated: amountOfMicros(stated),
    difference: comparable ? amountOfMicros(differenceOf(stated, expectedTotal(basis))) : undefined,
    recomputed: basis.published,
    explanation: explain(price, context.timeZone),
    findings,
  }
}
