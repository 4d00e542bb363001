import { decimal, multiply, roundHalfUp } from '@interwatt/protocol'
import type { Charged } from './charged.js'
import { failedCondition } from './condition.js'
import type { Explanation, PassedOver, PriceLine } from './explain.js'
import { type Formats, formatsFor } from './formats.js'
import type { Language } from './language.js'
import { priceText } from './price-text.js'
import {
  type AdjustmentStatement,
  type ChargedStatement,
  reasonsOf,
  type SessionStatements,
  sessionStatements,
  type UnpricedStatement,
} from './session-statements.js'

/** One thing a driver pays for, or does not. */
export interface SentenceLine {
  readonly text: string
  /** As it is printed in the text; absent for what has no price. */
  readonly amount?: string
  /** Full sentences: why so much, and why not another price. */
  readonly because: readonly string[]
}

/** A price in the words of a language. The amounts of the lines add up to the total as they are printed. */
export interface Sentences {
  readonly language: Language
  readonly lines: readonly SentenceLine[]
  readonly total: string
  /** What of the total is tax, as a sentence; empty where there is nothing to say. */
  readonly taxes: string
}

const SECONDS_PER_HOUR = 3600

const quantityText = (line: Pick<PriceLine, 'type'>, value: number, formats: Formats): string => {
  if (line.type === 'FLAT') return ''
  return line.type === 'ENERGY' ? formats.energy(value) : formats.duration(value * SECONDS_PER_HOUR)
}

const stepText = (line: PriceLine, step: number, formats: Formats): string =>
  line.type === 'ENERGY' ? formats.energy(step / 1000, 'small') : formats.duration(step)

/** Whether a quantity alone is a whole number of steps: otherwise the total over several prices was rounded up. */
const isWholeSteps = ({ type, billed }: PriceLine, step: number): boolean => {
  const units = type === 'ENERGY' ? 1000 : SECONDS_PER_HOUR
  const { coefficient } = roundHalfUp(multiply(decimal(billed), decimal(units)), 1)
  return coefficient % (10n * BigInt(Math.trunc(step))) === 0n
}

const roundingSentence = (line: PriceLine, formats: Formats): readonly string[] => {
  const { step_size: step, measured, billed } = line
  if (step === undefined || step < 1) return []
  const [before, after] = [measured, billed].map((value) => quantityText(line, value, formats))
  if (before === after || after === undefined) return []
  const { roundedUp, totalRoundedUp } = formats.words.session
  return [(isWholeSteps(line, step) ? roundedUp : totalRoundedUp)(after, stepText(line, step, formats))]
}

const foundText = ({ restriction, found }: PassedOver, formats: Formats): string => {
  if (found === undefined) return ''
  const { session } = formats.words
  if (typeof found === 'string') {
    if (restriction === 'day_of_week') return session.found.weekday(formats.dayName(found))
    return restriction === 'start_date' || restriction === 'end_date'
      ? session.found.date(formats.date(found))
      : session.found.time(formats.startTime(found))
  }
  switch (restriction) {
    case 'min_duration':
    case 'max_duration':
      return session.found.duration(formats.duration(found))
    case 'min_power':
    case 'max_power':
      return session.found.power(formats.number(found, 'kW'))
    case 'min_current':
    case 'max_current':
      return session.found.current(formats.number(found, 'A'))
    default:
      return session.found.energy(formats.energy(found))
  }
}

const nameOf = (charged: Charged | 'reservation', formats: Formats): string =>
  formats.words.names[charged === 'reservation' ? 'reserved-time' : charged]

const passedOverSentences = (
  passed: readonly PassedOver[],
  charged: Charged | 'reservation',
  formats: Formats,
): readonly string[] =>
  reasonsOf(passed).flatMap((one) => {
    const condition = failedCondition(one)
    if (condition === undefined) return []
    const text = formats.condition(condition)
    return [formats.words.session.notApplied(nameOf(charged, formats), text, foundText(one, formats))]
  })

const chargedLine = ({ charged, line, tax, amount }: ChargedStatement, formats: Formats): SentenceLine => {
  const { words } = formats
  const rate = tax === 'extra' && line.vat !== undefined ? line.vat : undefined
  const stated = priceText(line.type, line.price, formats, rate)
  const charge = line.type === 'FLAT' ? words.price.of(stated) : words.price.at(stated)
  const price = line.price === 0 ? words.session.free : charge
  const text = words.session.charged[charged](quantityText(line, line.measured, formats), price)
  const isSilent = amount === undefined || (line.price === 0 && amount.units === 0n)
  const printed = isSilent ? undefined : formats.money(amount.units, amount.digits)
  return {
    text: `${printed === undefined ? text : words.session.withAmount(text, printed)}.`,
    ...(printed === undefined ? {} : { amount: printed }),
    because: [...roundingSentence(line, formats), ...passedOverSentences(line.passed_over, charged, formats)],
  }
}

const adjustmentLine = ({ kind, amount }: AdjustmentStatement, formats: Formats): SentenceLine => {
  const printed = formats.money(amount.units, amount.digits)
  const { session } = formats.words
  return { text: `${session.withAmount(session[kind], printed)}.`, amount: printed, because: [] }
}

const unpricedLine = ({ charged, free }: UnpricedStatement, formats: Formats): SentenceLine => ({
  text: formats.words.session.unpriced[charged](quantityText(free, free.measured, formats)),
  because: passedOverSentences(free.passed_over, charged, formats),
})

const totalText = ({ side, total }: SessionStatements, formats: Formats): string => {
  const { session } = formats.words
  if (total === undefined) return session.totalUnknown
  const amount = formats.money(total.units, total.digits)
  if (total.units === 0n) return session.nothing
  return side === 'after_taxes' ? session.total(amount) : session.totalBeforeTaxes(amount)
}

const taxText = (explanation: Explanation, statements: SessionStatements, formats: Formats): string => {
  const { total, taxes } = explanation
  const { session } = formats.words
  if (statements.side !== 'after_taxes' || statements.total?.units === 0n) return ''
  if (total.before_taxes === undefined) return session.taxUnknown
  if (taxes.length === 0) return session.noTax
  const { digits } = statements.total ?? { digits: 2 }
  const texts = taxes.map(({ name, percentage, amount }) =>
    session.includedTax(
      formats.money(roundHalfUp(decimal(amount), digits).coefficient, digits),
      name === 'VAT' ? formats.words.vat : name,
      percentage === undefined ? '' : formats.percent(percentage),
    ),
  )
  return session.includedTaxes(formats.list(texts))
}

/** A fee of nothing is nothing to speak of. */
const isSaid = (line: SessionStatements['lines'][number]): boolean =>
  line.kind !== 'charged' || line.line.type !== 'FLAT' || line.line.price !== 0

/**
 * A price in plain sentences for a driver: what was charged at which price, what was rounded up and why, which prices
 * did not apply, what was free, limits, taxes, total. Amounts are rounded as the total is and add up to it. Never throws.
 */
export const sentences = (explanation: Explanation, language: Language): Sentences => {
  const statements = sessionStatements(explanation)
  const formats = formatsFor(language, explanation.currency)
  return {
    language,
    lines: [
      ...statements.lines
        .filter(isSaid)
        .map((line) =>
          line.kind === 'charged' ? chargedLine(line, formats) : adjustmentLine(line, formats),
        ),
      ...statements.unpriced.map((line) => unpricedLine(line, formats)),
    ],
    total: totalText(statements, formats),
    taxes: taxText(explanation, statements, formats),
  }
}

/** Sentences as one text, a line for each thing, reasons after it. */
export const sentencesText = ({ lines, total, taxes }: Sentences): string =>
  [...lines.map(({ text, because }) => [text, ...because].join(' ')), `${total} ${taxes}`.trim()].join('\n')
