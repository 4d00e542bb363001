import type { Document } from '@interwatt/store'

/** Own documents for tests: valid in 2.3.0 and as small as they may be. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

const owner = { country_code: 'DE', party_id: 'IWC' }

export const location = (id: string, fields: Document = {}): Document => ({
  ...owner,
  id,
  publish: true,
  name: `Yard ${id}`,
  address: 'Lindenweg 4',
  city: 'Kassel',
  country: 'DEU',
  coordinates: { latitude: '51.312345', longitude: '9.481234' },
  time_zone: 'Europe/Berlin',
  last_updated: at(0),
  ...fields,
})

export const evse = (uid: string, fields: Document = {}): Document => ({
  uid,
  status: 'AVAILABLE',
  connectors: [
    {
      id: '1',
      standard: 'IEC_62196_T2',
      format: 'SOCKET',
      power_type: 'AC_3_PHASE',
      max_voltage: 400,
      max_amperage: 32,
      last_updated: at(0),
    },
  ],
  last_updated: at(0),
  ...fields,
})

export const tariff = (id: string, fields: Document = {}): Document => ({
  ...owner,
  id,
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.4, step_size: 1 }] }],
  tax_included: 'NO',
  last_updated: at(0),
  ...fields,
})

export const token = (uid: string, fields: Document = {}): Document => ({
  country_code: 'DE',
  party_id: 'IWE',
  uid,
  type: 'RFID',
  contract_id: `DE-IWE-${uid}`,
  issuer: 'Interwatt',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: at(0),
  ...fields,
})

const cdrToken = (party: string): Document => ({
  country_code: 'NL',
  party_id: party,
  uid: '04AA11BB',
  type: 'RFID',
  contract_id: 'NL-EXA-C12345',
})

export const session = (id: string, party = 'EXA', fields: Document = {}): Document => ({
  ...owner,
  id,
  start_date_time: at(0),
  kwh: 1.5,
  cdr_token: cdrToken(party),
  auth_method: 'WHITELIST',
  location_id: 'L1',
  evse_uid: 'E1',
  connector_id: '1',
  currency: 'EUR',
  status: 'ACTIVE',
  last_updated: at(0),
  ...fields,
})

export const cdr = (id: string, party = 'EXA', fields: Document = {}): Document => ({
  ...owner,
  id,
  start_date_time: at(0),
  end_date_time: at(60),
  session_id: `S-${id}`,
  cdr_token: cdrToken(party),
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'L1',
    address: 'Lindenweg 4',
    city: 'Kassel',
    country: 'DEU',
    coordinates: { latitude: '51.312345', longitude: '9.481234' },
    evse_uid: 'E1',
    evse_id: 'DE*IWC*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  currency: 'EUR',
  charging_periods: [{ start_date_time: at(0), dimensions: [{ type: 'ENERGY', volume: 12 }] }],
  total_cost: { before_taxes: 4.8 },
  total_energy: 12,
  total_time: 1,
  last_updated: at(60),
  ...fields,
})
