import {
  add,
  decimal,
  multiply,
  type ocpi230,
  parseDateTime,
  roundHalfUp,
  toNumber,
  type VersionId,
} from '@interwatt/protocol'
import { MISSING_VAT } from '../policy/policy.js'
import type { Dimension } from '../tariff/compile-tariffs.js'
import { currencyDigits } from '../tariff/currency.js'
import { type Extent, extentOf, isUnrestricted, overlap, uncoveredPlace } from '../tariff/extent.js'
import { type ElementKind, kindOf } from '../tariff/family.js'
import { type Charged, chargedFor, FAMILY_OF_KIND } from './charged.js'
import { type Condition, conditionsOf } from './condition.js'

/** How the prices of a whole tariff are shown. */
export type ShownTax =
  | { readonly kind: 'included'; readonly rates: readonly number[] }
  /** Included, at rates that are not all known. */
  | { readonly kind: 'included-unknown' }
  | { readonly kind: 'extra' }
  | { readonly kind: 'none' }

/** One thing a tariff says to a driver. */
export type TariffStatement =
  | { readonly kind: 'type'; readonly type: ocpi230.TariffType }
  | { readonly kind: 'free' }
  | PriceStatement
  /** Where none of the conditions of what is priced above holds, it costs nothing (TAR-032). */
  | { readonly kind: 'unpriced-otherwise'; readonly charged: Charged }
  | {
      readonly kind: 'blocks'
      readonly charged: Charged
      readonly dimension: Dimension
      /** In Wh or seconds, those of all prices for the same thing. */
      readonly stepSizes: readonly number[]
    }
  | { readonly kind: 'minimum' | 'maximum'; readonly amount: number; readonly beforeTaxes: boolean }
  | { readonly kind: 'tax'; readonly tax: ShownTax }
  /** Milliseconds since the epoch. */
  | { readonly kind: 'validity'; readonly fromMs?: number; readonly toMs?: number }
  | { readonly kind: 'local-times' }
  | { readonly kind: 'text'; readonly text: string; readonly language: string }
  | { readonly kind: 'more'; readonly url: string }

/** A price and when it holds. */
export interface PriceStatement {
  readonly kind: 'price'
  readonly charged: Charged
  readonly dimension: Dimension
  /** JSON Pointer of the component. */
  readonly pointer: string
  /** As the tariff states it. */
  readonly price: number
  /** As it is to be shown: with tax where that is known for the whole tariff. Per kWh, hour, or once. */
  readonly shown: number
  readonly conditions: readonly Condition[]
  /** Whether an earlier price for the same thing goes before it where both hold. */
  readonly otherwise: boolean
}

/** How a tariff is read. */
export interface StatementOptions {
  /** The version it came in, which decides what a missing `vat` means. Default 2.3.0. */
  readonly version?: VersionId
}

interface Priced {
  readonly kind: ElementKind
  readonly dimension: Dimension
  readonly component: ocpi230.PriceComponent
  readonly restrictions: ocpi230.TariffRestrictions | undefined
  readonly extent: Extent
  readonly pointer: string
}

/** Per kWh, per minute, per session, other: the order the European Union asks for (2023/1804, Article 5). */
const DIMENSIONS: readonly Dimension[] = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT']

const KINDS: readonly ElementKind[] = [
  'ORDINARY',
  'RESERVATION',
  'RESERVATION_EXPIRES',
  'BOOKING',
  'BOOKING_EXPIRES',
  'BOOKING_OVERTIME',
  'BOOKING_CANCELLATION_FEES',
]

const pricedIn = (tariff: ocpi230.Tariff): readonly Priced[] =>
  tariff.elements.flatMap((element, elementIndex) =>
    element.price_components.flatMap((component, index) => {
      const first = element.price_components.findIndex(({ type }) => type === component.type) === index
      if (!first) return []
      return [
        {
          kind: kindOf(element),
          dimension: component.type,
          component,
          restrictions: element.restrictions,
          extent: extentOf(element.restrictions),
          pointer: `/elements/${elementIndex}/price_components/${index}`,
        },
      ]
    }),
  )

const isFree = (tariff: ocpi230.Tariff): boolean =>
  tariff.elements.every(({ price_components }) => price_components.every(({ price }) => price === 0)) &&
  (tariff.min_price?.before_taxes ?? 0) <= 0

const shownTax = (
  tariff: ocpi230.Tariff,
  priced: readonly Priced[],
  missing: 'none' | 'unknown',
): ShownTax => {
  if (tariff.tax_included === 'N/A') return { kind: 'none' }
  const rates = priced.flatMap(({ component }) => (component.price === 0 ? [] : [component.vat]))
  const known = [...new Set(rates.flatMap((rate) => (rate === undefined ? [] : [rate])))].sort(
    (a, b) => a - b,
  )
  const allKnown = known.length > 0 && rates.every((rate) => rate !== undefined)
  if (known.length === 0 && missing === 'none') return { kind: 'none' }
  if (tariff.tax_included === 'YES')
    return allKnown ? { kind: 'included', rates: known } : { kind: 'included-unknown' }
  return allKnown || missing === 'none' ? { kind: 'included', rates: known } : { kind: 'extra' }
}

/** A price with its tax, exactly. */
const withTax = (price: number, vat: number | undefined): number =>
  vat === undefined
    ? price
    : toNumber(
        multiply(decimal(price), multiply(add(decimal(100), decimal(vat)), { coefficient: 1n, scale: 2 })),
      )

const shownPrice = (tariff: ocpi230.Tariff, component: ocpi230.PriceComponent, tax: ShownTax): number => {
  if (tariff.tax_included !== 'NO' || tax.kind !== 'included') return component.price
  const price = withTax(component.price, component.vat)
  // A fee is an amount, and printed as one.
  return component.type === 'FLAT'
    ? toNumber(roundHalfUp(decimal(price), currencyDigits(tariff.currency)))
    : price
}

const groupOf = (priced: readonly Priced[], kind: ElementKind, dimension: Dimension): readonly Priced[] => {
  const group = priced.filter((one) => one.kind === kind && one.dimension === dimension)
  const last = group.findIndex(({ extent }) => isUnrestricted(extent))
  return last === -1 ? group : group.slice(0, last + 1)
}

const isLater = ({ restrictions }: Priced): boolean =>
  (restrictions?.min_duration ?? 0) > 0 || (restrictions?.min_kwh ?? 0) > 0

const blocksOf = (charged: Charged, group: readonly Priced[]): readonly TariffStatement[] => {
  const steps = new Set(
    group.flatMap(({ dimension, component }) =>
      dimension !== 'FLAT' && component.price !== 0 && component.step_size > 1 ? [component.step_size] : [],
    ),
  )
  if (steps.size === 0) return []
  const stepSizes = [...steps].sort((a, b) => a - b)
  return [{ kind: 'blocks', charged, dimension: group[0]?.dimension ?? 'TIME', stepSizes }]
}

const groupStatements = (
  tariff: ocpi230.Tariff,
  group: readonly Priced[],
  tax: ShownTax,
): readonly TariffStatement[] => {
  const [first] = group
  if (first === undefined) return []
  const family = FAMILY_OF_KIND[first.kind]
  const prices = group.map((one, index): PriceStatement => {
    const earlier = group.slice(0, index).filter(({ dimension }) => dimension === one.dimension)
    return {
      kind: 'price',
      charged: chargedFor(family, one.dimension, isLater(one)),
      dimension: one.dimension,
      pointer: one.pointer,
      price: one.component.price,
      shown: shownPrice(tariff, one.component, tax),
      conditions: conditionsOf(one.restrictions),
      otherwise: earlier.some(({ extent }) => overlap(extent, one.extent)),
    }
  })
  const charged = chargedFor(family, first.dimension, isLater(first))
  const gap =
    first.dimension !== 'FLAT' && uncoveredPlace(group.map(({ extent }) => extent)) !== undefined
      ? [{ kind: 'unpriced-otherwise', charged } as const]
      : []
  return [...prices, ...gap, ...blocksOf(charged, group)]
}

const limitStatements = (tariff: ocpi230.Tariff, tax: ShownTax): readonly TariffStatement[] =>
  (['minimum', 'maximum'] as const).flatMap((kind): readonly TariffStatement[] => {
    const limit = kind === 'minimum' ? tariff.min_price : tariff.max_price
    if (limit === undefined) return []
    const withTaxes = tax.kind === 'none' ? limit.before_taxes : limit.after_taxes
    return tax.kind === 'extra' || withTaxes === undefined
      ? [{ kind, amount: limit.before_taxes, beforeTaxes: true }]
      : [{ kind, amount: withTaxes, beforeTaxes: false }]
  })

const validityStatements = (tariff: ocpi230.Tariff): readonly TariffStatement[] => {
  const [fromMs, toMs] = [tariff.start_date_time, tariff.end_date_time].map((text) =>
    text === undefined ? undefined : parseDateTime(text)?.epochMs,
  )
  if (fromMs === undefined && toMs === undefined) return []
  return [
    {
      kind: 'validity',
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(toMs === undefined ? {} : { toMs }),
    },
  ]
}

const LOCAL: readonly string[] = ['time', 'date', 'weekday']

const asksForLocalTime = (statement: TariffStatement): boolean =>
  statement.kind === 'price' && statement.conditions.some(({ kind }) => LOCAL.includes(kind))

/**
 * What a tariff says to a driver, without words: type, prices with their conditions per kWh first and per session
 * last, step sizes, limits, taxes, validity. Components that can never apply are left out. Never throws.
 */
export const tariffStatements = (
  tariff: ocpi230.Tariff,
  options: StatementOptions = {},
): readonly TariffStatement[] => {
  const priced = pricedIn(tariff)
  const tax = shownTax(tariff, priced, MISSING_VAT[options.version ?? '2.3.0'])
  const type = tariff.type === undefined ? [] : [{ kind: 'type', type: tariff.type } as const]
  const texts = (tariff.tariff_alt_text ?? []).map(
    ({ text, language }) => ({ kind: 'text', text, language }) as const,
  )
  const more =
    tariff.tariff_alt_url === undefined ? [] : [{ kind: 'more', url: tariff.tariff_alt_url } as const]
  const validity = validityStatements(tariff)
  if (isFree(tariff)) return [...type, { kind: 'free' }, ...validity, ...texts, ...more]
  const prices = KINDS.flatMap((kind) =>
    DIMENSIONS.flatMap((dimension) => groupStatements(tariff, groupOf(priced, kind, dimension), tax)),
  )
  return [
    ...type,
    ...prices,
    ...limitStatements(tariff, tax),
    { kind: 'tax', tax },
    ...(prices.some(asksForLocalTime) ? [{ kind: 'local-times' } as const] : []),
    ...validity,
    ...texts,
    ...more,
  ]
}
