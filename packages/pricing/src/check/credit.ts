import { contentEquals, type ocpi230 } from '@interwatt/protocol'
import { currencyDigits } from '../tariff/currency.js'
import type { CheckContext } from './context.js'
import { type CheckFinding, finding } from './finding.js'
import { amountOf, amountText, microsOf, statedMicros } from './micros.js'

const sameId = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase()

/** What a credit may have otherwise than its original (CDR-073). */
const MAY_DIFFER: readonly string[] = [
  'id',
  'credit',
  'credit_reference_id',
  'total_cost',
  'last_updated',
  'remark',
  'invoice_reference_id',
]

const copyFinding = (credit: ocpi230.CDR, original: ocpi230.CDR): readonly CheckFinding[] => {
  const [copy, first]: readonly [Record<string, unknown>, Record<string, unknown>] = [
    { ...credit },
    { ...original },
  ]
  const names = [...new Set([...Object.keys(copy), ...Object.keys(first)])]
  const changed = names.filter(
    (name) => !MAY_DIFFER.includes(name) && !contentEquals(copy[name], first[name]),
  )
  if (changed.length === 0) return []
  const message = `other than in ${original.id} are ${changed.join(', ')}`
  return [finding('credit_not_copied', `/${changed[0] ?? ''}`, message)]
}

/** CDR-074: every component of the total is negated, each tax as well. */
const amountFinding = (credit: ocpi230.CDR, original: ocpi230.CDR): readonly CheckFinding[] => {
  const [is, was] = [statedMicros(credit.total_cost), statedMicros(original.total_cost)]
  const taxes = (cdr: ocpi230.CDR) => cdr.total_cost.taxes ?? []
  const taxesFit =
    taxes(credit).length === taxes(original).length &&
    taxes(credit).every(
      ({ amount }, index) => microsOf(amount) === -microsOf(taxes(original)[index]?.amount ?? 0),
    )
  if ((is.net ?? 0) === -(was.net ?? 0) && taxesFit) return []
  const text = (micros: number): string => amountText(micros, currencyDigits(credit.currency))
  const message = `total_cost is ${text(is.net ?? 0)} before taxes, that of ${original.id} is ${text(was.net ?? 0)}; taxes count as well`
  return [
    finding('credit_amount_differs', '/total_cost', message, {
      stated: amountOf(is.net ?? 0),
      recomputed: amountOf(-(was.net ?? 0)),
    }),
  ]
}

/** A credit against what it credits (CDR-070 to CDR-081), as far as the context tells. */
export const checkCredit = (cdr: ocpi230.CDR, context: CheckContext): readonly CheckFinding[] => {
  if (cdr.credit !== true) return []
  const reference = cdr.credit_reference_id ?? ''
  const pointer = '/credit_reference_id'
  const { original, otherCredits = [] } = context
  const itself = sameId(cdr.id, reference)
    ? [finding('credit_same_id', '/id', `the credit has the id ${cdr.id} of what it credits`)]
    : []
  if (original === undefined) return itself
  if (original === null) {
    const message = `no CDR ${reference} is known here; it is matched when it arrives`
    return [...itself, finding('credit_without_original', pointer, message)]
  }
  const again = otherCredits.map(({ id }) =>
    finding('credit_repeated', pointer, `${reference} was credited by ${id} already`),
  )
  if (original.credit === true)
    return [...itself, finding('credit_of_credit', pointer, `${reference} is a credit itself`), ...again]
  return [...itself, ...again, ...amountFinding(cdr, original), ...copyFinding(cdr, original)]
}

/** Other CDRs of the session that stand: no credits, and not credited (CDR-076). */
export const checkDuplicates = (
  cdr: ocpi230.CDR,
  others: readonly ocpi230.CDR[],
): readonly CheckFinding[] => {
  if (cdr.credit === true) return []
  const isCredited = (id: string): boolean =>
    others.some(({ credit, credit_reference_id }) => credit === true && sameId(credit_reference_id ?? '', id))
  if (isCredited(cdr.id)) return []
  return others.flatMap(({ id, credit }) => {
    if (credit === true || sameId(id, cdr.id) || isCredited(id)) return []
    const message = `CDR ${id} is of the same session ${cdr.session_id ?? ''} and is not credited`
    return [finding('duplicate_of_session', '/session_id', message)]
  })
}

/** CDR-080: less than nothing is owed only where energy was fed back. */
export const checkSign = (cdr: ocpi230.CDR): readonly CheckFinding[] =>
  cdr.credit !== true && cdr.total_cost.before_taxes < 0 && cdr.total_energy >= 0
    ? [
        finding(
          'negative_total',
          '/total_cost',
          'total_cost is negative, no energy was fed back, and it is no credit',
        ),
      ]
    : []
