import type { ocpi230 } from '@interwatt/protocol'
import { zoneClock } from '../zone/zone-clock.js'
import { type Formats, formatsFor } from './formats.js'
import { type Language, languageOf } from './language.js'
import { priceText } from './price-text.js'
import {
  type PriceStatement,
  type ShownTax,
  type StatementOptions,
  type TariffStatement,
  tariffStatements,
} from './tariff-statements.js'

/** How a tariff is described. */
export interface DescribeOptions extends StatementOptions {
  /**
   * IANA name of the zone of the charging station, for the moments between which the tariff is valid. Default UTC, also
   * for a name that is none.
   */
  readonly timeZone?: string
}

/** A tariff in the words of a language. */
export interface TariffDescription {
  readonly language: Language
  readonly statements: readonly { readonly statement: TariffStatement; readonly text: string }[]
  /** All of it, a line for each statement. */
  readonly text: string
}

const priceLine = (statement: PriceStatement, formats: Formats): string => {
  const { words } = formats
  const { charged, dimension, shown, conditions, otherwise } = statement
  const price = shown === 0 ? words.price.free : priceText(dimension, shown, formats, undefined)
  const text = [price, ...conditions.map((condition) => formats.condition(condition))].join(', ')
  return words.tariff.line(words.names[charged], otherwise ? words.tariff.otherwise(text) : text)
}

const taxText = (tax: ShownTax, formats: Formats): string => {
  const { tariff } = formats.words
  switch (tax.kind) {
    case 'included':
      return tax.rates.length === 0
        ? tariff.noTax
        : tariff.taxIncluded(formats.list(tax.rates.map((rate) => formats.percent(rate))))
    case 'included-unknown':
      return tariff.taxIncludedRateUnknown
    case 'extra':
      return tariff.taxExtra
    case 'none':
      return tariff.noTax
  }
}

const validityText = (
  { fromMs, toMs }: { readonly fromMs?: number; readonly toMs?: number },
  formats: Formats,
): string => {
  const { validity } = formats.words.tariff
  if (fromMs === undefined) return toMs === undefined ? '' : validity.to(formats.instant(toMs))
  const from = formats.instant(fromMs)
  return toMs === undefined ? validity.from(from) : validity.both(from, formats.instant(toMs))
}

const limitText = (
  kind: 'minimum' | 'maximum',
  { amount, beforeTaxes }: { readonly amount: number; readonly beforeTaxes: boolean },
  formats: Formats,
): string => {
  const { tariff } = formats.words
  const price = formats.price(amount)
  return tariff[kind](beforeTaxes ? tariff.beforeTaxes(price) : price)
}

const textOf = (statement: TariffStatement, formats: Formats, timeZone: string | undefined): string => {
  const { words } = formats
  switch (statement.kind) {
    case 'type':
      return words.tariff.types[statement.type]
    case 'free':
      return words.tariff.free
    case 'price':
      return priceLine(statement, formats)
    case 'unpriced-otherwise':
      return words.tariff.line(words.names[statement.charged], words.tariff.unpricedOtherwise)
    case 'blocks': {
      const { dimension, stepSizes, charged } = statement
      const steps = stepSizes.map((size) =>
        dimension === 'ENERGY' ? formats.energy(size / 1000, 'small') : formats.duration(size),
      )
      return words.tariff.blocks(words.names[charged], formats.alternatives(steps))
    }
    case 'minimum':
    case 'maximum':
      return limitText(statement.kind, statement, formats)
    case 'tax':
      return taxText(statement.tax, formats)
    case 'validity':
      return validityText(statement, formats)
    case 'local-times':
      return timeZone === undefined ? words.tariff.localTimes : words.tariff.localTimesIn(timeZone)
    case 'text':
      return statement.text
    case 'more':
      return words.tariff.more(statement.url)
  }
}

/** The operator's own texts in a language, or in all their languages where there is none in that one. */
const inLanguage = (
  statements: readonly TariffStatement[],
  language: Language,
): readonly TariffStatement[] => {
  const isText = (statement: TariffStatement): boolean =>
    statement.kind === 'text' && languageOf(statement.language) === language
  return statements.some(isText)
    ? statements.filter((statement) => statement.kind !== 'text' || isText(statement))
    : statements
}

/**
 * A tariff in words for a driver: prices and when they hold, fees, step sizes, limits, taxes, validity. Prices are
 * shown with tax where the tariff tells it for all of them, else as stated. Never throws.
 */
export const describeTariff = (
  tariff: ocpi230.Tariff,
  language: Language,
  options: DescribeOptions = {},
): TariffDescription => {
  const timeZone = options.timeZone === undefined ? undefined : zoneClock(options.timeZone)?.timeZone
  const formats = formatsFor(language, tariff.currency, timeZone)
  const statements = inLanguage(tariffStatements(tariff, options), language).map((statement) => ({
    statement,
    text: textOf(statement, formats, timeZone),
  }))
  return { language, statements, text: statements.map(({ text }) => text).join('\n') }
}
