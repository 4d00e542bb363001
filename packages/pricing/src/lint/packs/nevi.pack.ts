import type { LintRule } from '../finding.js'
import { changingEnergyPrices, costing, hasEnergyPrice, isFreeOfCharge } from './price-shape.js'
import type { RulePack } from './rule-pack.js'

const PRICE = ['23 CFR 680.116(a)(1)']
const DURING = ['23 CFR 680.116(a)(2)']
const STRUCTURE = ['23 CFR 680.116(a)(3)']

const pricePerKwh: LintRule = {
  code: 'nevi-price-per-kwh',
  severity: 'error',
  rules: PRICE,
  find: ({ tariff }) =>
    hasEnergyPrice(tariff) || isFreeOfCharge(tariff)
      ? []
      : [{ pointer: '/elements', message: 'The price has to be based on $/kWh. Add an ENERGY component.' }],
}

const currency: LintRule = {
  code: 'nevi-currency',
  severity: 'warning',
  rules: PRICE,
  find: ({ tariff }) =>
    tariff.currency === 'USD'
      ? []
      : [
          {
            pointer: '/currency',
            message: `The price is to be in $/kWh, and the tariff is in ${tariff.currency}. Use USD.`,
          },
        ],
}

const changes: LintRule = {
  code: 'nevi-price-changes',
  severity: 'error',
  rules: DURING,
  find: ({ tariff }) =>
    changingEnergyPrices(tariff).map(({ pointer }) => ({
      pointer,
      message:
        'The price at the start of a session must not change during it, and these restrictions are tested all the time. ' +
        'Use one price, or several tariffs of which the back end gives one to each session.',
    })),
}

const otherFees: LintRule = {
  code: 'nevi-other-fees',
  severity: 'hint',
  rules: STRUCTURE,
  find: ({ tariff }) =>
    costing(tariff, 'FLAT', 'TIME', 'PARKING_TIME').map(({ dimension, pointer }) => ({
      pointer,
      message: `Fees beside the price for electricity, such as ${dimension} here, have to be shown and explained clearly. Check that displays do.`,
    })),
}

/** United States: stations paid for by federal programmes. */
export const nevi: RulePack = {
  id: 'nevi',
  title: 'United States: stations of federal programmes (NEVI)',
  source: {
    title: 'National Electric Vehicle Infrastructure Standards and Requirements',
    reference: '23 CFR 680.116(a)',
    url: 'https://www.ecfr.gov/current/title-23/part-680',
  },
  inForceFrom: '2023-03-30',
  countries: ['US'],
  notAbout: () => undefined,
  rules: [pricePerKwh, currency, changes, otherFees],
  notChecked: [
    'Whether the price is shown before a charge begins and is the one at that moment.',
    'Prices that were not per kWh had until 28 February 2024.',
    'Changes of the rule or of the guidance of the programme after 2025.',
  ],
}
