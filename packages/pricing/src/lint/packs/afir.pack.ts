import { perMinute } from '../../explain/price-text.js'
import { chargingOf } from '../components.js'
import type { Found, LintRule, LintSeverity, LintSubject } from '../finding.js'
import { costing, hasEnergyPrice, isFreeOfCharge } from './price-shape.js'
import type { RulePack } from './rule-pack.js'

const ARTICLE = ['Regulation (EU) 2023/1804, Article 5(4)']
const FAST_KW = 50

/** From this power on only a price per kWh and an occupancy fee per minute are allowed. */
const isFast = ({ context: { maxPowerKw } }: LintSubject): boolean =>
  maxPowerKw === undefined || maxPowerKw >= FAST_KW

const unsure = ({ context: { maxPowerKw } }: LintSubject): boolean => maxPowerKw === undefined

/** A rule for points of 50 kW or more, a warning where the power is not known. */
const forFast = (
  code: string,
  severity: LintSeverity,
  find: (subject: LintSubject) => readonly Found[],
): LintRule => ({
  code,
  severity,
  rules: ARTICLE,
  find: (subject) =>
    isFast(subject) && !isFreeOfCharge(subject.tariff)
      ? find(subject).map((found) =>
          unsure(subject)
            ? {
                ...found,
                severity: severity === 'error' ? 'warning' : severity,
                message: `${found.message} (For points of ${FAST_KW} kW or more; give the power to be sure.)`,
              }
            : found,
        )
      : [],
})

const pricePerKwh = forFast('afir-price-per-kwh', 'error', ({ tariff }) =>
  hasEnergyPrice(tariff)
    ? []
    : [
        {
          pointer: '/elements',
          message: 'The ad hoc price has to be based on the price per kWh. Add an ENERGY component.',
        },
      ],
)

const sessionFee = forFast('afir-session-fee', 'error', ({ tariff }) =>
  costing(tariff, 'FLAT').map(({ pointer }) => ({
    pointer,
    message:
      'Beside the price per kWh only an occupancy fee per minute is allowed, no fee per session. Remove it, or put it into the price per kWh.',
  })),
)

const minimum = forFast('afir-minimum-price', 'error', ({ tariff }) =>
  (tariff.min_price?.before_taxes ?? 0) > 0
    ? [
        {
          pointer: '/min_price',
          message: 'With a minimum the price of a small charge is not based on kWh. Remove min_price.',
        },
      ]
    : [],
)

const occupancy = forFast('afir-occupancy-fee', 'warning', ({ tariff }) =>
  costing(tariff, 'TIME')
    .filter(({ restrictions }) => (restrictions?.min_duration ?? 0) === 0)
    .map(({ pointer }) => ({
      pointer,
      message:
        'A price for time is allowed as an occupancy fee against long stays, not as a price for charging. Let it begin later with min_duration, or use PARKING_TIME.',
    })),
)

const wholeMinutes: LintRule = {
  code: 'afir-per-minute',
  severity: 'hint',
  rules: ARTICLE,
  find: ({ tariff }) =>
    costing(tariff, 'TIME', 'PARKING_TIME')
      .filter(({ component }) => perMinute(component.price) === undefined)
      .map(({ component, pointer }) => ({
        pointer: `${pointer}/price`,
        message: `Prices for time are shown per minute, and ${component.price} per hour has no short price per minute. Take a price that divides by 60.`,
      })),
}

/** Per kWh, per minute, per session. */
const PLACE = { ENERGY: 0, TIME: 1, PARKING_TIME: 1, FLAT: 2 } as const

const order: LintRule = {
  code: 'afir-order',
  severity: 'hint',
  rules: ARTICLE,
  find(subject) {
    if (isFast(subject) && !unsure(subject)) return []
    const components = chargingOf(subject.tariff)
    const places = components.map(({ dimension }) => PLACE[dimension])
    const wrong = places.findIndex((place, index) =>
      places.slice(0, index).some((earlier) => earlier > place),
    )
    const found = components[wrong]
    return found === undefined
      ? []
      : [
          {
            pointer: found.pointer,
            message:
              'Components are to be shown in the order price per kWh, per minute, per session, other. Who shows the elements as they stand gets it wrong; list energy first and fees last.',
          },
        ]
  },
}

/** European Union: what an ad hoc price may consist of. */
export const afir: RulePack = {
  id: 'afir',
  title: 'European Union: alternative fuels infrastructure',
  source: {
    title: 'Regulation (EU) 2023/1804 on the deployment of alternative fuels infrastructure',
    reference: 'Article 5(4)',
    url: 'https://eur-lex.europa.eu/eli/reg/2023/1804/oj',
  },
  inForceFrom: '2024-04-13',
  countries: [
    'AT',
    'BE',
    'BG',
    'HR',
    'CY',
    'CZ',
    'DK',
    'EE',
    'FI',
    'FR',
    'DE',
    'GR',
    'HU',
    'IE',
    'IT',
    'LV',
    'LT',
    'LU',
    'MT',
    'NL',
    'PL',
    'PT',
    'RO',
    'SK',
    'SI',
    'ES',
    'SE',
  ],
  notAbout: ({ tariff }) =>
    tariff.type === undefined || tariff.type === 'AD_HOC_PAYMENT'
      ? undefined
      : `it is about the ad hoc price, and this tariff is of type ${tariff.type}`,
  rules: [pricePerKwh, sessionFee, minimum, occupancy, wholeMinutes, order],
  notChecked: [
    'Whether the point was deployed from 13 April 2024 on; the rules on components hold for those.',
    'Whether the price is shown at the station before a charge begins, and is reasonable and not discriminating.',
    'Prices of mobility service providers, and fees for roaming across borders (Article 5(5)).',
  ],
}
