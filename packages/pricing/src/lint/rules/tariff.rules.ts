import { type Loss, lower, type ocpi230, type VersionId, versions } from '@interwatt/protocol'
import { compileTariffs } from '../../tariff/compile-tariffs.js'
import { componentsOf } from '../components.js'
import type { Found, LintRule } from '../finding.js'
import { instantOrUndefined } from '../instants.js'

/** What cannot be priced at all. */
const notPriceable: LintRule = {
  code: 'not-priceable',
  severity: 'error',
  rules: ['TAR-050', 'TAR-039'],
  find({ tariff }) {
    const compiled = compileTariffs([tariff])
    return compiled.kind === 'refused'
      ? [{ pointer: '', message: `The tariff cannot be priced: ${compiled.message}. Correct that value.` }]
      : []
  },
}

/** Tariffs of one station in several currencies. */
const mixedCurrencies: LintRule = {
  code: 'mixed-currencies',
  severity: 'error',
  rules: ['TAR-086'],
  find({ tariff, context }) {
    const others = [...new Set((context.others ?? []).map(({ currency }) => currency))]
    const different = others.filter((currency) => currency !== tariff.currency)
    return different.length === 0
      ? []
      : [
          {
            pointer: '/currency',
            message: `This tariff is in ${tariff.currency}, others beside it are in ${different.join(', ')}: a session that changes between them cannot be priced. Use one currency.`,
          },
        ]
  },
}

const SIDES = ['before_taxes', 'after_taxes'] as const

/** A maximum that is below the minimum. */
const minimumAboveMaximum: LintRule = {
  code: 'minimum-above-maximum',
  severity: 'error',
  rules: ['TAR-078', 'tariffs 4.9'],
  find: ({ tariff: { min_price, max_price } }) =>
    SIDES.flatMap((side) => {
      const [least, most] = [min_price?.[side], max_price?.[side]]
      return least !== undefined && most !== undefined && least > most
        ? [
            {
              pointer: `/min_price/${side}`,
              message: `The minimum ${least} is above the maximum ${most}; every session would cost the maximum. Correct one of them.`,
            },
          ]
        : []
    }),
}

/** A limit that says nothing after taxes. */
const limitWithoutTax: LintRule = {
  code: 'limit-without-tax',
  severity: 'warning',
  rules: ['TAR-078', 'tariffs 4.9'],
  find({ tariff }) {
    const taxed = componentsOf(tariff).some(({ component }) => (component.vat ?? 0) !== 0)
    if (tariff.tax_included === 'N/A' || !taxed) return []
    return (['min_price', 'max_price'] as const).flatMap((name) => {
      const limit = tariff[name]
      return limit === undefined || limit.after_taxes !== undefined
        ? []
        : [
            {
              pointer: `/${name}`,
              message:
                'The limit has no after_taxes, and platforms differ in what it does to the price with tax. Add after_taxes.',
            },
          ]
    })
  },
}

/** A price with tax in a limit below the one without. */
const limitSides: LintRule = {
  code: 'limit-sides-swapped',
  severity: 'warning',
  rules: ['T-12', 'T-13'],
  find: ({ tariff }) =>
    (['min_price', 'max_price'] as const).flatMap((name) => {
      const limit = tariff[name]
      return limit?.after_taxes !== undefined && limit.after_taxes < limit.before_taxes
        ? [
            {
              pointer: `/${name}/after_taxes`,
              message: 'after_taxes is below before_taxes, whatever tax_included says. Swap or correct them.',
            },
          ]
        : []
    }),
}

/** A tariff that is over, not yet, or never valid. */
const validity: LintRule = {
  code: 'validity',
  severity: 'warning',
  rules: ['TAR-051', 'TAR-013'],
  find({ tariff, context: { nowMs } }) {
    const [start, end] = [
      instantOrUndefined(tariff.start_date_time),
      instantOrUndefined(tariff.end_date_time),
    ]
    if (start !== undefined && end !== undefined && start >= end)
      return [
        {
          pointer: '/end_date_time',
          message:
            'The tariff ends before it starts, so it is never valid. Correct start_date_time or end_date_time.',
          severity: 'error',
        },
      ]
    if (nowMs === undefined) return []
    if (end !== undefined && end <= nowMs)
      return [
        {
          pointer: '/end_date_time',
          message: `The tariff ended at ${tariff.end_date_time}. Remove it from connectors, or give it a later end.`,
        },
      ]
    return start !== undefined && start > nowMs
      ? [
          {
            pointer: '/start_date_time',
            message: `The tariff is not valid before ${tariff.start_date_time}. Until then its connectors need another one.`,
            severity: 'hint',
          },
        ]
      : []
  },
}

const isPlainlyFree = ({ elements }: ocpi230.Tariff): boolean =>
  elements.length === 1 &&
  elements[0]?.price_components.length === 1 &&
  elements[0].price_components[0]?.type === 'FLAT' &&
  Object.keys(elements[0].restrictions ?? {}).length === 0

/** Free of charge, but not said as agreed. */
const freeForm: LintRule = {
  code: 'free-form',
  severity: 'warning',
  rules: ['TAR-034'],
  find({ tariff }) {
    if (componentsOf(tariff).some(({ component }) => component.price !== 0)) return []
    const found: Found[] = []
    if (!isPlainlyFree(tariff))
      found.push({
        pointer: '/elements',
        message:
          'All prices are 0. Say "free of charge" as agreed: one element without restrictions, with one FLAT component of price 0.',
      })
    if ((tariff.min_price?.before_taxes ?? 0) > 0)
      found.push({
        pointer: '/min_price',
        message:
          'All prices are 0, but every session costs the minimum. Remove min_price, or make it a FLAT component.',
      })
    return found
  },
}

const listed = (texts: readonly string[]): string => [...new Set(texts)].join(', ')

const named = (reason: string, version: VersionId): string =>
  reason.replaceAll('the target version', `OCPI ${version}`)

/** The rate of a tax is missing in every tariff of 2.1.1, which is no fault of this one; limits are left as a text. */
const isMissed = (pointer: string, severity: Loss['severity']): boolean =>
  severity === 'lost' ? !pointer.endsWith('/vat') : pointer.endsWith('_price')

/** What partners on older versions do not get. */
const olderVersions: LintRule = {
  code: 'older-version',
  severity: 'hint',
  rules: ['tariffs 6'],
  find: ({ tariff, context }) =>
    (context.partnerVersions ?? versions.map(({ id }) => id)).flatMap((version) => {
      const lowered = lower('tariff', version, { ...tariff }, 'whole', undefined, {
        ...(context.nowMs === undefined ? {} : { nowMs: context.nowMs }),
      })
      if (lowered.kind === 'withheld')
        return [
          {
            pointer: lowered.losses.at(-1)?.pointer ?? '',
            message: `Partners on OCPI ${version} do not get this tariff: ${named(lowered.reason, version)}. Offer them one without it.`,
          },
        ]
      const lost = lowered.losses.filter(({ pointer, severity }) => isMissed(pointer, severity))
      const [first] = lost
      return first === undefined
        ? []
        : [
            {
              pointer: first.pointer,
              message: `Partners on OCPI ${version} get this tariff without ${listed(lost.map(({ pointer }) => pointer))}: ${listed(lost.map(({ reason }) => named(reason, version)))}. Check that their drivers are not misled.`,
            },
          ]
    }),
}

/** Rules about a tariff as a whole. */
export const tariffRules: readonly LintRule[] = [
  notPriceable,
  mixedCurrencies,
  minimumAboveMaximum,
  limitWithoutTax,
  limitSides,
  validity,
  freeForm,
  olderVersions,
]
