import type { ocpi230 } from '@interwatt/protocol'
import { PARTS, type Part } from '../price/amounts.js'
import type { Line } from '../price/price-session.js'
import type { PublishedTax } from '../publish/publish.js'
import { currencyDigits } from '../tariff/currency.js'
import type { Basis } from './basis.js'
import { type CheckFinding, finding } from './finding.js'
import { amountOf, amountText, type Micros, microsOf, publishedMicros, statedMicros } from './micros.js'

/** The field of a CDR that states a part. */
export const FIELD_OF_PART = {
  fixed: 'total_fixed_cost',
  energy: 'total_energy_cost',
  time: 'total_time_cost',
  parking: 'total_parking_cost',
  reservation: 'total_reservation_cost',
} as const satisfies Readonly<Record<Part, keyof ocpi230.CDR>>

const SIDES = [
  { side: 'net', name: 'before taxes' },
  { side: 'gross', name: 'after taxes' },
] as const

/** Stated less recomputed, on the sides that are known of both. */
export const differenceOf = (stated: Micros, recomputed: Micros): Micros => ({
  net: stated.net === undefined || recomputed.net === undefined ? undefined : stated.net - recomputed.net,
  gross:
    stated.gross === undefined || recomputed.gross === undefined
      ? undefined
      : stated.gross - recomputed.gross,
})

const negated = ({ net, gross }: Micros): Micros => ({
  net: net === undefined ? undefined : -net,
  gross: gross === undefined ? undefined : -gross,
})

/** What the total should be; of a credit it is negated. */
export const expectedTotal = ({ published, sign }: Basis): Micros => {
  const total = publishedMicros(published.total)
  return sign === 1 ? total : negated(total)
}

const exceeds = (difference: number | undefined, tolerance: number): difference is number =>
  difference !== undefined && Math.abs(difference) > tolerance

/** "before taxes 6.00 instead of 5.00, 1.00 too much; after taxes …"; undefined when both sides are close enough. */
const deviation = (
  stated: Micros,
  recomputed: Micros,
  tolerance: number,
  digits: number,
): string | undefined => {
  const difference = differenceOf(stated, recomputed)
  const sides = SIDES.flatMap(({ side, name }) => {
    const by = difference[side]
    if (!exceeds(by, tolerance)) return []
    const [is, should] = [stated[side] ?? 0, recomputed[side] ?? 0]
    const verdict = `${amountText(Math.abs(by), digits)} too ${by > 0 ? 'much' : 'little'}`
    return [`${name} ${amountText(is, digits)} instead of ${amountText(should, digits)}, ${verdict}`]
  })
  return sides.length === 0 ? undefined : sides.join('; ')
}

/** The figures of the first side that deviates. */
const figures = (stated: Micros, recomputed: Micros, tolerance: number) => {
  const difference = differenceOf(stated, recomputed)
  const side = exceeds(difference.net, tolerance) ? 'net' : 'gross'
  return { stated: amountOf(stated[side] ?? 0), recomputed: amountOf(recomputed[side] ?? 0) }
}

const UNIT = { ENERGY: 'kWh', TIME: 'h', PARKING_TIME: 'h', FLAT: '' } as const
const PER_UNIT = { ENERGY: 1e9, TIME: 3.6e10, PARKING_TIME: 3.6e10, FLAT: 1 } as const

/** A line for people: "ENERGY 20 kWh at 0.25 (/elements/0/price_components/0)". */
export const lineText = ({ charge }: Pick<Line, 'charge'>): string => {
  const { component, billed } = charge
  const { dimension, price, elementIndex, componentIndex } = component
  const quantity = Math.round((billed / PER_UNIT[dimension]) * 1e4) / 1e4
  const amount = dimension === 'FLAT' ? '' : ` ${quantity} ${UNIT[dimension]}`
  return `${dimension}${amount} at ${price.price} (/elements/${elementIndex}/price_components/${componentIndex})`
}

const partFindings = (basis: Basis): readonly CheckFinding[] => {
  const { cdr, price, published, tolerance } = basis
  const { digits } = price.compiled
  return PARTS.flatMap((part) => {
    const field = FIELD_OF_PART[part]
    const given = cdr[field]
    if (given === undefined) return []
    const [stated, recomputed] = [statedMicros(given), publishedMicros(published.parts[part])]
    const found = deviation(stated, recomputed, tolerance, digits)
    if (found === undefined) return []
    const lines = price.lines.filter((line) => line.part === part).map(lineText)
    const from = lines.length === 0 ? 'the tariff charges nothing for it' : `lines: ${lines.join(', ')}`
    return [
      finding(
        'part_differs',
        `/${field}`,
        `${field}: ${found}; ${from}`,
        figures(stated, recomputed, tolerance),
      ),
    ]
  })
}

const totalFinding = (basis: Basis, parts: readonly CheckFinding[]): readonly CheckFinding[] => {
  const { cdr, price, tolerance } = basis
  const [stated, recomputed] = [statedMicros(cdr.total_cost), expectedTotal(basis)]
  const found = deviation(stated, recomputed, tolerance, price.compiled.digits)
  if (found === undefined) return []
  const lines = price.lines.map(lineText)
  const where =
    parts.length > 0
      ? `the difference is in ${parts.map(({ pointer }) => pointer.slice(1)).join(', ')}`
      : lines.length === 1
        ? `the only line is ${lines[0]}`
        : `lines: ${lines.join(', ') || 'none'}`
  return [
    finding(
      'total_differs',
      '/total_cost',
      `total_cost: ${found}; ${where}`,
      figures(stated, recomputed, tolerance),
    ),
  ]
}

/** Taxes with their rate, each rate once; undefined when a tax says no rate. */
const byRate = (taxes: readonly ocpi230.TaxAmount[]): ReadonlyMap<number, number> | undefined => {
  const sums = new Map<number, number>()
  for (const { percentage, amount } of taxes) {
    if (percentage === undefined) return undefined
    sums.set(percentage, (sums.get(percentage) ?? 0) + microsOf(amount))
  }
  return sums
}

const taxFindings = ({ cdr, price, published, tolerance, sign }: Basis): readonly CheckFinding[] => {
  const { digits } = price.compiled
  const known = published.total.before_taxes !== undefined && published.total.after_taxes !== undefined
  const stated = cdr.total_cost.taxes ?? []
  if (!known) return []
  if (stated.length === 0) {
    const taxed = published.taxes.some(({ amount }) => microsOf(amount) !== 0)
    const message = 'total_cost names no taxes; the tariff has some'
    return taxed ? [finding('tax_not_stated', '/total_cost', message)] : []
  }
  const rates = byRate(stated)
  const expected = byRate(published.taxes.map((tax: PublishedTax): ocpi230.TaxAmount => ({ ...tax })))
  if (rates === undefined || expected === undefined) return []
  return [...new Set([...rates.keys(), ...expected.keys()])].flatMap((rate) => {
    const [is, should] = [rates.get(rate) ?? 0, sign * (expected.get(rate) ?? 0)]
    if (Math.abs(is - should) <= tolerance) return []
    const index = stated.findIndex(({ percentage }) => percentage === rate)
    const pointer = index < 0 ? '/total_cost/taxes' : `/total_cost/taxes/${index}`
    const message = `tax of ${rate} % is ${amountText(is, digits)} instead of ${amountText(should, digits)}`
    return [finding('tax_differs', pointer, message, { stated: amountOf(is), recomputed: amountOf(should) })]
  })
}

/** Compares total, parts and taxes with what was computed (TAR-084, CDR-048). */
export const checkTotals = (basis: Basis): readonly CheckFinding[] => {
  // CDR-074: of a credit only the total is negated; whoever negates the parts as well is told by the original.
  const parts = basis.sign === 1 ? partFindings(basis) : []
  return [...totalFinding(basis, parts), ...parts, ...taxFindings(basis)]
}

/**
 * Whether the partial totals of the CDR itself add up (CDR-048). Parts may be left out, so with less than all of them
 * only more than the total is wrong; `limited` says whether a limit may have changed the total.
 */
export const checkSum = (
  cdr: ocpi230.CDR,
  tolerance: number,
  limited: boolean,
  complete: boolean,
): readonly CheckFinding[] => {
  const given = PARTS.flatMap((part) => cdr[FIELD_OF_PART[part]] ?? [])
  if (limited || cdr.credit === true || given.length === 0) return []
  const sum = given.reduce((total, { before_taxes }) => total + microsOf(before_taxes), 0)
  const total = microsOf(cdr.total_cost.before_taxes)
  const allowed = tolerance * given.length
  if (sum - total <= allowed && (!complete || total - sum <= allowed)) return []
  const text = (micros: number): string => amountText(micros, currencyDigits(cdr.currency))
  const message = `the partial totals add up to ${text(sum)}, total_cost is ${text(total)}`
  return [
    finding('parts_do_not_add_up', '/total_cost', message, {
      stated: amountOf(total),
      recomputed: amountOf(sum),
    }),
  ]
}
