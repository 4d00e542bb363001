import { isJsonObject, type JsonObject } from '../../json/json-object.js'
import { differenceOf, isAmount, sumOf } from '../../lens/amounts.js'
import { withField, withoutField, withRenamed } from '../../lens/fields.js'
import { type Crossing, lens, note, type Place, type Step } from '../../lens/lens.js'
import { clearNames, declareCleared, declareSetAside, leaveOut, setAsideFields } from '../../lens/steps.js'

const VAT = 'VAT'
const taxesMerged =
  'the target version holds one amount with VAT: tax names, rates and account numbers are lost'
const noAmounts = 'the tax amounts cannot be added up'

/** True when nothing but one VAT amount is stated, which the older Price holds in full. */
const isPlainVat = (taxes: readonly unknown[]): boolean =>
  taxes.length === 1 && isJsonObject(taxes[0]) && taxes[0].name === VAT && Object.keys(taxes[0]).length === 2

const splitTaxes = (price: JsonObject, at: Place | undefined, crossing: Crossing): JsonObject => {
  const { excl_vat: excl, incl_vat: incl } = price
  if (incl === undefined || incl === null) return withoutField(price, 'incl_vat')
  const amount = isAmount(incl) && isAmount(excl) ? differenceOf(incl, excl) : undefined
  if (amount === undefined) return leaveOut(price, 'incl_vat', at, crossing, noAmounts)
  // Equal amounts are a stated VAT of zero, which is not the same as no statement (TYP-047).
  const taxes = [{ name: VAT, amount }]
  return withRenamed(withField(price, 'incl_vat', taxes), 'incl_vat', 'taxes')
}

const mergeTaxes = (price: JsonObject, at: Place | undefined, crossing: Crossing): JsonObject => {
  const { before_taxes: before, taxes } = price
  if (!Array.isArray(taxes) || taxes.length === 0) return withoutField(price, 'taxes')
  const amounts = taxes.flatMap((tax) => (isJsonObject(tax) && isAmount(tax.amount) ? [tax.amount] : []))
  const total = isAmount(before) && amounts.length === taxes.length ? sumOf([before, ...amounts]) : undefined
  if (total === undefined) return leaveOut(price, 'taxes', at, crossing, noAmounts)
  if (!isPlainVat(taxes)) note(crossing, at, 'taxes', { reason: taxesMerged, severity: 'changed' })
  return withRenamed(withField(price, 'taxes', total), 'taxes', 'incl_vat')
}

/** The amount with VAT became a list of taxes on top of the amount without (types.md 4, TYP-047). */
const taxes: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside('before_taxes', 'taxes'),
    ...declareCleared('excl_vat', 'incl_vat'),
    { direction: 'up', pointer: '/incl_vat', reason: noAmounts },
    { direction: 'down', pointer: '/taxes', reason: taxesMerged },
    { direction: 'down', pointer: '/taxes', reason: noAmounts },
  ],
  up(price, at, crossing) {
    const own = setAsideFields(price, ['before_taxes', 'taxes'], at, crossing)
    return withRenamed(splitTaxes(own, at, crossing), 'excl_vat', 'before_taxes')
  },
  down(price, at, crossing) {
    const own = clearNames(price, ['excl_vat', 'incl_vat'], at, crossing)
    return withRenamed(mergeTaxes(own, at, crossing), 'before_taxes', 'excl_vat')
  },
}

/** Price of sessions and CDRs: `excl_vat`, `incl_vat` became `before_taxes`, `taxes`. */
export const price = lens(taxes)
