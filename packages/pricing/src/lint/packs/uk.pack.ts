import { chargingOf } from '../components.js'
import type { LintRule } from '../finding.js'
import { costing, hasEnergyPrice, isFreeOfCharge } from './price-shape.js'
import type { RulePack } from './rule-pack.js'

const REGULATION = ['SI 2023/1168, regulation 11']

const pricePerKwh: LintRule = {
  code: 'uk-price-per-kwh',
  severity: 'error',
  rules: REGULATION,
  find: ({ tariff }) =>
    hasEnergyPrice(tariff) || isFreeOfCharge(tariff)
      ? []
      : [
          {
            pointer: '/elements',
            message:
              'The total price has to be shown in pence per kWh, which no price per kWh leads to. Add an ENERGY component.',
          },
        ],
}

const currency: LintRule = {
  code: 'uk-currency',
  severity: 'warning',
  rules: REGULATION,
  find: ({ tariff }) =>
    tariff.currency === 'GBP'
      ? []
      : [
          {
            pointer: '/currency',
            message: `The price is to be shown in pence, and the tariff is in ${tariff.currency}. Use GBP.`,
          },
        ],
}

const otherComponents: LintRule = {
  code: 'uk-total-price',
  severity: 'warning',
  rules: REGULATION,
  find: ({ tariff }) => [
    ...costing(tariff, 'FLAT', 'TIME').map(({ dimension, pointer }) => ({
      pointer,
      message: `${dimension} is part of the total price, which is then another one per kWh for every session. Show the pence per kWh it leads to, or put it into the price per kWh.`,
    })),
    ...((tariff.min_price?.before_taxes ?? 0) > 0
      ? [
          {
            pointer: '/min_price',
            message:
              'A minimum makes small charges dearer per kWh than shown. Show the pence per kWh it leads to, or remove min_price.',
          },
        ]
      : []),
  ],
}

const tax: LintRule = {
  code: 'uk-tax-unknown',
  severity: 'warning',
  rules: REGULATION,
  find: ({ tariff }) =>
    tariff.tax_included === 'NO'
      ? chargingOf(tariff, 'ENERGY')
          .filter(({ component }) => component.vat === undefined && component.price !== 0)
          .map(({ pointer }) => ({
            pointer,
            message:
              'The total price includes VAT, and this component does not say how much that is. Add vat, or state prices with tax.',
          }))
      : [],
}

/** United Kingdom: public charge points. */
export const uk: RulePack = {
  id: 'uk',
  title: 'United Kingdom: public charge points',
  source: {
    title: 'The Public Charge Point Regulations 2023',
    reference: 'SI 2023/1168, regulation 11',
    url: 'https://www.legislation.gov.uk/uksi/2023/1168/made',
  },
  inForceFrom: '2023-11-24',
  countries: ['GB'],
  notAbout: () => undefined,
  rules: [pricePerKwh, currency, otherComponents, tax],
  notChecked: [
    'Whether the price is shown at the charge point or on a device, without a contract.',
    'Overstay fees (PARKING_TIME), which are not part of the price of charging.',
    'Charging sold in a bundle with other services, such as parking.',
  ],
}
