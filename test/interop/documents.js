/** Documents of the node's own parties, in 2.3.0 shape, with as many of the optional fields as a real operator sends. */

const START = '2026-03-01T10:00:00Z'
const END = '2026-03-01T11:00:00Z'

const connector = (id, change = {}) => ({
  id,
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_3_PHASE',
  max_voltage: 230,
  max_amperage: 32,
  tariff_ids: ['DAY'],
  terms_and_conditions: 'https://operator.example/terms',
  ...change,
})

const evse = (uid, change = {}) => ({
  uid,
  evse_id: `DE*IWC*${uid}`,
  status: 'AVAILABLE',
  capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE', 'RESERVABLE', 'UNLOCK_CAPABLE'],
  connectors: [connector('1')],
  floor_level: '-1',
  physical_reference: uid,
  directions: [{ language: 'de', text: 'Neben dem Aufzug' }],
  ...change,
})

export const locations = [
  {
    id: 'NODE-L1',
    publish: true,
    name: 'Parkhaus Süd',
    address: 'Hauptstraße 1',
    city: 'Berlin',
    postal_code: '10115',
    country: 'DEU',
    coordinates: { latitude: '52.520008', longitude: '13.404954' },
    related_locations: [
      { latitude: '52.520100', longitude: '13.405000', name: { language: 'de', text: 'Eingang' } },
    ],
    parking_type: 'PARKING_GARAGE',
    evses: [evse('E1'), evse('E2', { connectors: [connector('1'), connector('2', { format: 'CABLE' })] })],
    operator: { name: 'Interwatt Test', website: 'https://operator.example' },
    facilities: ['SUPERMARKET', 'BIKE_SHARING'],
    time_zone: 'Europe/Berlin',
    opening_times: {
      twentyfourseven: false,
      regular_hours: [
        { weekday: 1, period_begin: '06:00', period_end: '22:00' },
        { weekday: 2, period_begin: '06:00', period_end: '22:00' },
      ],
      exceptional_closings: [{ period_begin: '2026-12-24T12:00:00Z', period_end: '2026-12-27T00:00:00Z' }],
    },
    charging_when_closed: true,
    images: [
      {
        url: 'https://operator.example/site.png',
        category: 'LOCATION',
        type: 'png',
        width: 640,
        height: 480,
      },
    ],
    energy_mix: {
      is_green_energy: true,
      energy_sources: [
        { source: 'WIND', percentage: 62.5 },
        { source: 'SOLAR', percentage: 37.5 },
      ],
      supplier_name: 'Stadtwerk',
    },
  },
  ...[2, 3, 4, 5].map((n) => ({
    id: `NODE-L${n}`,
    publish: true,
    address: `Ringstraße ${n}`,
    city: 'Berlin',
    country: 'DEU',
    coordinates: { latitude: `52.5${n}0000`, longitude: '13.400000' },
    time_zone: 'Europe/Berlin',
    evses: [
      evse(`E${n}0`, {
        connectors: [
          connector('1', {
            standard: 'IEC_62196_T2_COMBO',
            format: 'CABLE',
            power_type: 'DC',
            max_voltage: 920,
            max_amperage: 400,
            max_electric_power: 300_000,
          }),
        ],
      }),
    ],
  })),
]

export const tariffs = [
  {
    id: 'DAY',
    currency: 'EUR',
    type: 'REGULAR',
    tax_included: 'NO',
    tariff_alt_text: [{ language: 'de', text: '45 ct je kWh, nach vier Stunden 10 ct je Minute' }],
    tariff_alt_url: 'https://operator.example/tariff',
    elements: [
      { price_components: [{ type: 'ENERGY', price: 0.45, vat: 19, step_size: 1 }] },
      {
        price_components: [{ type: 'PARKING_TIME', price: 6, vat: 19, step_size: 60 }],
        restrictions: {
          start_time: '08:00',
          end_time: '20:00',
          day_of_week: ['MONDAY', 'TUESDAY'],
          min_duration: 14_400,
        },
      },
    ],
  },
  {
    id: 'FLAT',
    currency: 'EUR',
    tax_included: 'NO',
    elements: [{ price_components: [{ type: 'FLAT', price: 2.5, step_size: 1 }] }],
  },
  {
    id: 'NIGHT',
    currency: 'EUR',
    tax_included: 'NO',
    min_price: { before_taxes: 0.5 },
    elements: [
      {
        price_components: [{ type: 'ENERGY', price: 0.2501, vat: 19, step_size: 1 }],
        restrictions: { start_time: '22:00', end_time: '06:00', max_power: 22.5 },
      },
    ],
  },
]

export const tokens = [
  {
    uid: '04AA11BB22CC33',
    type: 'RFID',
    contract_id: 'DE-IWE-C00000001',
    issuer: 'Interwatt',
    valid: true,
    whitelist: 'ALLOWED',
  },
  {
    uid: '04AA11BB22CC44',
    type: 'RFID',
    contract_id: 'DE-IWE-C00000002',
    visual_number: 'DE-IWE-0000-0002',
    issuer: 'Interwatt',
    group_id: 'FLEET-1',
    valid: true,
    whitelist: 'ALLOWED_OFFLINE',
    language: 'de',
    default_profile_type: 'GREEN',
    energy_contract: { supplier_name: 'Stadtwerk', contract_id: 'SW-1' },
  },
  {
    uid: 'app-0001',
    type: 'APP_USER',
    contract_id: 'DE-IWE-C00000003',
    issuer: 'Interwatt',
    valid: false,
    whitelist: 'NEVER',
  },
]

const period = (kwh) => ({
  start_date_time: START,
  dimensions: [
    { type: 'ENERGY', volume: kwh },
    { type: 'TIME', volume: 1 },
  ],
  tariff_id: 'DAY',
})

/** A session at the node's own location, paid by a card of the peer. */
export const session = (id, cdrToken, change = {}) => ({
  id,
  start_date_time: START,
  kwh: 1.5,
  cdr_token: cdrToken,
  auth_method: 'WHITELIST',
  location_id: 'NODE-L1',
  evse_uid: 'E1',
  connector_id: '1',
  currency: 'EUR',
  charging_periods: [period(1.5)],
  total_cost: { before_taxes: 0.68, taxes: [{ name: 'VAT', percentage: 19, amount: 0.13 }] },
  status: 'ACTIVE',
  ...change,
})

/** The CDR of such a session. */
export const cdr = (id, cdrToken, change = {}) => ({
  id,
  start_date_time: START,
  end_date_time: END,
  session_id: 'NODE-S1',
  cdr_token: cdrToken,
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'NODE-L1',
    name: 'Parkhaus Süd',
    address: 'Hauptstraße 1',
    city: 'Berlin',
    postal_code: '10115',
    country: 'DEU',
    coordinates: { latitude: '52.520008', longitude: '13.404954' },
    evse_uid: 'E1',
    evse_id: 'DE*IWC*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  meter_id: 'METER-1',
  currency: 'EUR',
  charging_periods: [period(20.125)],
  signed_data: {
    encoding_method: 'OCMF',
    signed_values: [{ nature: 'Start', plain_data: 'OCMF|{}', signed_data: 'T0NNRnx7fQ==' }],
  },
  total_cost: { before_taxes: 9.06, taxes: [{ name: 'VAT', percentage: 19, amount: 1.72 }] },
  total_energy: 20.125,
  total_energy_cost: { before_taxes: 9.06, taxes: [{ name: 'VAT', percentage: 19, amount: 1.72 }] },
  total_time: 1,
  remark: 'Danke',
  ...change,
})
