/** Documents of the run. Every state of an object carries its number, so that what is found tells which write made it. */

export const CPO = { country_code: 'DE', party_id: 'CRA' }
export const EMSP = { country_code: 'DE', party_id: 'MSP' }
/** A second eMSP without a node of ours: it counts what it gets. */
export const WITNESS = { country_code: 'DE', party_id: 'WIT' }

const START_MS = Date.UTC(2026, 2, 1, 8)
const at = (minutes) => new Date(START_MS + minutes * 60_000).toISOString()

const STATUSES = ['AVAILABLE', 'CHARGING', 'BLOCKED', 'OUTOFORDER', 'RESERVED']

/** What a PATCH of an EVSE says in state `n`. */
export const evseState = (n) => ({ status: STATUSES[n % STATUSES.length], physical_reference: `v${n}` })

const evse = (uid) => ({
  uid,
  evse_id: `DE*CRA*${uid}`,
  ...evseState(0),
  connectors: [
    {
      id: '1',
      standard: 'IEC_62196_T2',
      format: 'SOCKET',
      power_type: 'AC_3_PHASE',
      max_voltage: 230,
      max_amperage: 32,
    },
  ],
})

/** A location with its EVSEs, all in state 0. */
export const location = (id, evseUids) => ({
  publish: true,
  name: `${id} v0`,
  address: 'Werkstraße 7',
  city: 'Hamburg',
  country: 'DEU',
  coordinates: { latitude: '53.551086', longitude: '9.993682' },
  time_zone: 'Europe/Berlin',
  evses: evseUids.map(evse),
})

/** A tariff in state `n`. */
export const tariff = (n) => ({
  currency: 'EUR',
  type: 'REGULAR',
  tariff_alt_text: [{ language: 'de', text: `v${n}` }],
  elements: [{ price_components: [{ type: 'ENERGY', price: (30 + (n % 40)) / 100, vat: 19, step_size: 1 }] }],
  tax_included: 'NO',
})

/** What changes of a token from state to state. */
export const tokenState = (n) => ({ valid: n % 3 !== 1, visual_number: `v${n}` })

/** A token in state `n`. */
export const token = (uid, n) => ({
  type: 'RFID',
  contract_id: `DE-MSP-C${uid}`,
  issuer: 'Crash Mobility',
  whitelist: 'ALLOWED',
  ...tokenState(n),
})

const period = (index, number) => ({
  start_date_time: at(number * 90 + index * 5),
  dimensions: [{ type: 'ENERGY', volume: 1.25 }],
})

/** The charging periods from the `first` to the `last`, counted from 0. */
export const periods = (number, first, last) =>
  Array.from({ length: last - first + 1 }, (_, index) => period(first + index, number))

/** Energy of a session in state `n`: a quarter of five, told by the meter. */
export const energyOf = (n) => (n - 1) * 1.25

const cdrToken = (reader) => ({
  ...reader,
  uid: `${reader.party_id}-CARD`,
  type: 'RFID',
  contract_id: `DE-${reader.party_id}-C00000001`,
})

/** A session whose number is `number`, in state `n`, whole. */
export const session = (number, reader, n) => ({
  start_date_time: at(number * 90),
  kwh: energyOf(n),
  cdr_token: cdrToken(reader),
  auth_method: 'WHITELIST',
  location_id: 'L1',
  evse_uid: 'L1-E1',
  connector_id: '1',
  currency: 'EUR',
  charging_periods: periods(number, 0, n - 1),
  status: 'ACTIVE',
})

/** The CDR of that session. */
export const cdr = (number, reader, sessionId) => ({
  start_date_time: at(number * 90),
  end_date_time: at(number * 90 + 60),
  session_id: sessionId,
  cdr_token: cdrToken(reader),
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'L1',
    address: 'Werkstraße 7',
    city: 'Hamburg',
    country: 'DEU',
    coordinates: { latitude: '53.551086', longitude: '9.993682' },
    evse_uid: 'L1-E1',
    evse_id: 'DE*CRA*L1-E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  currency: 'EUR',
  charging_periods: periods(number, 0, 5),
  total_cost: { before_taxes: 3.38 },
  total_energy: 7.5,
  total_time: 1,
})
