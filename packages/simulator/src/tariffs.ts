import type { ocpi230 } from '@interwatt/protocol'

/** A tariff in force. */
export type Tariff = ocpi230.Tariff

/** A tariff as the CPO back end sends it; the node stamps it. */
export type TariffDraft = Omit<Tariff, 'last_updated'>
type Component = Tariff['elements'][number]['price_components'][number]

const VAT = 19
const component = (type: Component['type'], price: number, step_size = 1): Component => ({
  type,
  price,
  vat: VAT,
  step_size,
})

const text = (de: string, en: string) => [
  { language: 'de', text: de },
  { language: 'en', text: en },
]

/** Ids of `berlinTariffs`, for the `tariff_ids` of connectors. */
export const TARIFF_IDS = {
  ac: 'SIM-AC',
  dc: 'SIM-DC',
  timeOfDay: 'SIM-AC-TIME-OF-DAY',
  startFee: 'SIM-START-FEE',
  free: 'SIM-FREE',
} as const

/** Ids of those for drivers who say how they prefer to charge, each for a ProfileType. */
export const PROFILE_TARIFF_IDS = ['SIM-CHEAP', 'SIM-GREEN', 'SIM-FAST'] as const

const PROFILES = [
  {
    id: 'SIM-CHEAP',
    type: 'PROFILE_CHEAP',
    price: 0.33,
    de: 'Günstig: mit halber Leistung geladen.',
    en: 'Cheap: charged with half the power.',
  },
  {
    id: 'SIM-GREEN',
    type: 'PROFILE_GREEN',
    price: 0.37,
    de: 'Grün: mit halber Leistung, wenn Wind und Sonne es hergeben.',
    en: 'Green: with half the power, when there is wind and sun.',
  },
  {
    id: 'SIM-FAST',
    type: 'PROFILE_FAST',
    price: 0.64,
    de: 'Schnell: mit voller Leistung.',
    en: 'Fast: with full power.',
  },
] as const

/**
 * Tariffs as they are common in Berlin, prices without VAT: AC per kWh with a daytime blocking fee after four
 * hours, DC per kWh with reservation prices, AC by time of day, start fee plus kWh with a cap, a free one, and one for each way
 * a driver may prefer to charge.
 */
export const berlinTariffs = (countryCode: string, partyId: string): readonly TariffDraft[] => {
  const shared = {
    country_code: countryCode,
    party_id: partyId,
    currency: 'EUR',
    tax_included: 'NO',
  } as const
  return [
    {
      ...shared,
      id: TARIFF_IDS.ac,
      type: 'REGULAR',
      tariff_alt_text: text(
        'Nach vier Stunden kostet die Standzeit tagsüber extra.',
        'After four hours, parking costs extra in the daytime.',
      ),
      elements: [
        { price_components: [component('ENERGY', 0.41)] },
        {
          price_components: [component('TIME', 5.04, 60), component('PARKING_TIME', 5.04, 60)],
          restrictions: { start_time: '08:00', end_time: '22:00', min_duration: 14_400 },
        },
      ],
    },
    {
      ...shared,
      id: TARIFF_IDS.dc,
      type: 'REGULAR',
      elements: [
        {
          price_components: [component('FLAT', 2.5)],
          restrictions: { reservation: 'RESERVATION_EXPIRES' },
        },
        {
          price_components: [component('TIME', 2.4, 60)],
          restrictions: { reservation: 'RESERVATION' },
        },
        { price_components: [component('ENERGY', 0.58), component('PARKING_TIME', 6, 60)] },
      ],
    },
    {
      ...shared,
      id: TARIFF_IDS.timeOfDay,
      type: 'REGULAR',
      elements: [
        {
          price_components: [component('ENERGY', 0.34)],
          restrictions: { start_time: '22:00', end_time: '06:00' },
        },
        {
          price_components: [component('ENERGY', 0.52)],
          restrictions: {
            start_time: '17:00',
            end_time: '20:00',
            day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
          },
        },
        { price_components: [component('ENERGY', 0.44)] },
      ],
    },
    {
      ...shared,
      id: TARIFF_IDS.startFee,
      type: 'REGULAR',
      max_price: { before_taxes: 42.02, after_taxes: 50 },
      elements: [{ price_components: [component('FLAT', 0.84), component('ENERGY', 0.39)] }],
    },
    {
      ...shared,
      id: TARIFF_IDS.free,
      tariff_alt_text: text('Kostenlos während des Einkaufs.', 'Free while you shop.'),
      elements: [{ price_components: [{ type: 'FLAT', price: 0, step_size: 1 }] }],
    },
    ...PROFILES.map(({ id, type, price, de, en }) => ({
      ...shared,
      id,
      type,
      tariff_alt_text: text(de, en),
      elements: [{ price_components: [component('ENERGY', price)] }],
    })),
  ]
}
