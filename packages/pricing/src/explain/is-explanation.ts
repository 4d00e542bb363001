import { isJsonObject, type JsonObject } from '@interwatt/protocol'
import { FAMILIES } from '../tariff/family.js'
import type { Explanation } from './explain.js'

type Is = (value: unknown) => boolean

const listOf =
  (isItem: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(isItem)

const oneOf =
  (names: readonly string[]): Is =>
  (value) =>
    typeof value === 'string' && names.includes(value)

const isText: Is = (value) => typeof value === 'string'
const isNumber: Is = (value) => typeof value === 'number'
const mayBe =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value)

const hasFields = (fields: Readonly<Record<string, Is>>): Is => {
  const checks = Object.entries(fields)
  return (value) => isJsonObject(value) && checks.every(([name, is]) => is(value[name]))
}

const QUANTITIES = ['ENERGY', 'TIME', 'PARKING_TIME']
const AMOUNT = { before_taxes: mayBe(isNumber), after_taxes: mayBe(isNumber) }

/** Where a quantity comes from, and what did not apply to it. */
const PLACE = {
  family: oneOf(FAMILIES),
  measured: isNumber,
  stretches: listOf(hasFields({ period: isNumber, from: isText, to: isText })),
  passed_over: listOf(hasFields({ pointer: isText, restriction: isText })),
}

const isLine: Is = (value) => isPriceLine(value) || isAdjustment(value)
const isPriceLine = hasFields({
  ...PLACE,
  ...AMOUNT,
  type: oneOf([...QUANTITIES, 'FLAT']),
  tariff_id: isText,
  pointer: isText,
  billed: isNumber,
  step_size: mayBe(isNumber),
  price: isNumber,
  vat: mayBe(isNumber),
})
const isAdjustment = hasFields({ ...AMOUNT, type: oneOf(['MIN_PRICE', 'MAX_PRICE', 'ROUNDING']) })

const isExplained = hasFields({
  currency: isText,
  total: hasFields(AMOUNT),
  taxes: listOf(hasFields({ name: isText, percentage: mayBe(isNumber), amount: isNumber })),
  dimensions: listOf(hasFields({ type: isText, measured: isNumber, billed: isNumber, ...AMOUNT })),
  lines: listOf(isLine),
  free: listOf(hasFields({ ...PLACE, type: oneOf(QUANTITIES) })),
})

/** Whether a JSON document, such as a stored one, is an explanation: field by field what `explain` gives. */
export const isExplanation = (value: JsonObject): value is JsonObject & Explanation => isExplained(value)
