/** Small valid documents of our own for end-to-end tests, in 2.3.0 shape unless named otherwise. */

const AT = '2026-03-01T10:00:00.000Z'

export const connector = (id = '1', change: object = {}) => ({
  id,
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_3_PHASE',
  max_voltage: 230,
  max_amperage: 32,
  tariff_ids: ['AC-DAY'],
  last_updated: AT,
  ...change,
})

export const evse = (uid = 'E1', change: object = {}) => ({
  uid,
  evse_id: `DE*TST*${uid}`,
  status: 'AVAILABLE',
  capabilities: [
    'REMOTE_START_STOP_CAPABLE',
    'RESERVABLE',
    'UNLOCK_CAPABLE',
    'RFID_READER',
    'CHARGING_PREFERENCES_CAPABLE',
  ],
  connectors: [connector()],
  last_updated: AT,
  ...change,
})

export const location = (id = 'LOC1', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'CPO',
  id,
  publish: true,
  name: 'Depot Süd',
  address: 'Hauptstraße 1',
  city: 'Berlin',
  postal_code: '10115',
  country: 'DEU',
  coordinates: { latitude: '52.520008', longitude: '13.404954' },
  evses: [evse('E1'), evse('E2')],
  time_zone: 'Europe/Berlin',
  last_updated: AT,
  ...change,
})

export const tariff = (id = 'AC-DAY', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'CPO',
  id,
  currency: 'EUR',
  type: 'REGULAR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.45, vat: 19, step_size: 1 }] }],
  tax_included: 'NO',
  last_updated: AT,
  ...change,
})

export const token = (uid = '04AA11BB22CC33', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'MSP',
  uid,
  type: 'RFID',
  contract_id: 'DE-MSP-C00000001-5',
  issuer: 'Test Mobility',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: AT,
  ...change,
})

export const cdrToken = (uid = '04AA11BB22CC33', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'MSP',
  uid,
  type: 'RFID',
  contract_id: 'DE-MSP-C00000001-5',
  ...change,
})

export const period = (start = AT, kwh = 1.5) => ({
  start_date_time: start,
  dimensions: [{ type: 'ENERGY', volume: kwh }],
  tariff_id: 'AC-DAY',
})

export const session = (id = 'S1', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'CPO',
  id,
  start_date_time: AT,
  kwh: 1.5,
  cdr_token: cdrToken(),
  auth_method: 'WHITELIST',
  location_id: 'LOC1',
  evse_uid: 'E1',
  connector_id: '1',
  currency: 'EUR',
  charging_periods: [period()],
  total_cost: { before_taxes: 0.68, taxes: [{ name: 'VAT', percentage: 19, amount: 0.13 }] },
  status: 'ACTIVE',
  last_updated: AT,
  ...change,
})

export const cdr = (id = 'CDR1', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'CPO',
  id,
  start_date_time: AT,
  end_date_time: '2026-03-01T11:00:00.000Z',
  session_id: 'S1',
  cdr_token: cdrToken(),
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'LOC1',
    address: 'Hauptstraße 1',
    city: 'Berlin',
    country: 'DEU',
    coordinates: { latitude: '52.520008', longitude: '13.404954' },
    evse_uid: 'E1',
    evse_id: 'DE*TST*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  currency: 'EUR',
  tariffs: [tariff()],
  charging_periods: [period(AT, 20)],
  total_cost: { before_taxes: 9, taxes: [{ name: 'VAT', percentage: 19, amount: 1.71 }] },
  total_energy: 20,
  total_time: 1,
  last_updated: AT,
  ...change,
})

/** The same session, CDR or tariff in 2.2.1 shape. */
export const session221 = (id = 'S1', change: object = {}) => ({
  ...session(id),
  total_cost: { excl_vat: 0.68, incl_vat: 0.81 },
  ...change,
})

export const tariff221 = (id = 'AC-DAY', change: object = {}) => {
  const { tax_included: _dropped, ...rest } = tariff(id)
  return { ...rest, ...change }
}

export const cdr221 = (id = 'CDR1', change: object = {}) => ({
  ...cdr(id),
  tariffs: [tariff221()],
  total_cost: { excl_vat: 9, incl_vat: 10.71 },
  ...change,
})

const AT_SECONDS = '2026-03-01T10:00:00Z'

/** The same objects in 2.1.1 shape: no owner, no tax, the whole location in sessions and CDRs. */
export const connector211 = (id = '1', change: object = {}) => ({
  id,
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_3_PHASE',
  voltage: 230,
  amperage: 32,
  tariff_id: 'AC-DAY',
  last_updated: AT_SECONDS,
  ...change,
})

export const evse211 = (uid = 'E1', change: object = {}) => ({
  uid,
  evse_id: `DE*TST*${uid}`,
  status: 'AVAILABLE',
  capabilities: ['REMOTE_START_STOP_CAPABLE', 'RESERVABLE', 'UNLOCK_CAPABLE', 'RFID_READER'],
  connectors: [connector211()],
  last_updated: AT_SECONDS,
  ...change,
})

export const location211 = (id = 'LOC1', change: object = {}) => ({
  id,
  type: 'UNKNOWN',
  name: 'Depot Süd',
  address: 'Hauptstraße 1',
  city: 'Berlin',
  postal_code: '10115',
  country: 'DEU',
  coordinates: { latitude: '52.520008', longitude: '13.404954' },
  evses: [evse211('E1'), evse211('E2')],
  last_updated: AT_SECONDS,
  ...change,
})

export const tariff211 = (id = 'AC-DAY', change: object = {}) => ({
  id,
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.45, step_size: 1 }] }],
  last_updated: AT_SECONDS,
  ...change,
})

export const token211 = (uid = '04AA11BB22CC33', change: object = {}) => ({
  uid,
  type: 'RFID',
  auth_id: 'DE-MSP-C00000001-5',
  issuer: 'Test Mobility',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: AT_SECONDS,
  ...change,
})

export const period211 = (start = AT_SECONDS, kwh = 1.5) => ({
  start_date_time: start,
  dimensions: [
    { type: 'ENERGY', volume: kwh },
    { type: 'FLAT', volume: 1 },
  ],
})

export const session211 = (id = 'S1', change: object = {}) => ({
  id,
  start_datetime: AT_SECONDS,
  kwh: 1.5,
  auth_id: 'DE-MSP-C00000001-5',
  auth_method: 'WHITELIST',
  location: location211('LOC1', { evses: [evse211('E1')] }),
  currency: 'EUR',
  charging_periods: [period211()],
  total_cost: 0.68,
  status: 'ACTIVE',
  last_updated: AT_SECONDS,
  ...change,
})

export const cdr211 = (id = 'CDR1', change: object = {}) => ({
  id,
  start_date_time: AT_SECONDS,
  stop_date_time: '2026-03-01T11:00:00Z',
  auth_id: 'DE-MSP-C00000001-5',
  auth_method: 'WHITELIST',
  location: location211('LOC1', { evses: [evse211('E1')] }),
  currency: 'EUR',
  tariffs: [tariff211()],
  charging_periods: [period211(AT_SECONDS, 20)],
  total_cost: 9,
  total_energy: 20,
  total_time: 1,
  last_updated: AT_SECONDS,
  ...change,
})

/** A terminal as a payment terminal provider describes it. */
export const terminal = (id = 'T1', change: object = {}) => ({
  terminal_id: id,
  customer_reference: 'DEPOT-SUED',
  address: 'Währinger Straße 1',
  city: 'Wien',
  country: 'AUT',
  coordinates: { latitude: '48.220778', longitude: '16.356111' },
  invoice_base_url: 'https://invoices.example/pay',
  invoice_creator: 'CPO',
  last_updated: AT,
  ...change,
})

/** A capture that matches `cdr()`. */
export const confirmation = (id = 'FAC1', change: object = {}) => ({
  id,
  authorization_reference: 'REF-1',
  total_costs: { before_taxes: 9, taxes: [{ name: 'VAT', percentage: 19, amount: 1.71 }] },
  currency: 'EUR',
  eft_data: ['Girocard', 'Nr: **** 4711', 'Amount: EUR 10.71'],
  capture_status_code: 'SUCCESS',
  last_updated: AT,
  ...change,
})

/** A token that a payment terminal makes for one card payment. */
export const adHocToken = (uid = 'PAY-1', change: object = {}) => ({
  country_code: 'AT',
  party_id: 'PTP',
  uid,
  type: 'AD_HOC_USER',
  contract_id: `AT-PTP-${uid}`,
  issuer: 'Test Payments',
  valid: true,
  whitelist: 'NEVER',
  last_updated: AT,
  ...change,
})

/** An invoice record over CDRs of DE*CPO. */
export const invoiceRecord = (id = 'R1', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'CPO',
  id,
  invoice_id: 'INV-2026-03',
  cdrs: ['CDR1', 'CDR2'],
  last_updated: AT,
  ...change,
})
