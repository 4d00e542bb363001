import type { CDR, Location } from '../modules/v230.js'

/** A small valid location of 2.3.0 with one EVSE; a new copy at every call. */
export const exampleLocation = (): Location => ({
  country_code: 'DE',
  party_id: 'IWC',
  id: 'LOC-1',
  publish: true,
  name: 'Marktplatz',
  address: 'Am Markt 1',
  city: 'Potsdam',
  country: 'DEU',
  coordinates: { latitude: '52.390569', longitude: '13.064473' },
  evses: [
    {
      uid: 'EVSE-1',
      status: 'AVAILABLE',
      capabilities: ['RFID_READER'],
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 230,
          max_amperage: 32,
          tariff_ids: ['T-1'],
          last_updated: '2026-01-31T12:00:00Z',
        },
      ],
      last_updated: '2026-01-31T12:00:00Z',
    },
  ],
  time_zone: 'Europe/Berlin',
  last_updated: '2026-01-31T12:00:00Z',
})

/** A small valid CDR of 2.3.0 with one period and no tariff; a new copy at every call. */
export const exampleCdr = (): CDR => ({
  country_code: 'DE',
  party_id: 'IWC',
  id: 'CDR-1',
  start_date_time: '2026-01-31T12:00:00Z',
  end_date_time: '2026-01-31T13:00:00Z',
  cdr_token: {
    country_code: 'NL',
    party_id: 'EMS',
    uid: 'CARD-1',
    type: 'RFID',
    contract_id: 'NL-EMS-C00000001',
  },
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'LOC-1',
    address: 'Am Markt 1',
    city: 'Potsdam',
    country: 'DEU',
    coordinates: { latitude: '52.390569', longitude: '13.064473' },
    evse_uid: 'EVSE-1',
    evse_id: 'DE*IWC*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  currency: 'EUR',
  charging_periods: [
    { start_date_time: '2026-01-31T12:00:00Z', dimensions: [{ type: 'ENERGY', volume: 11 }] },
  ],
  total_cost: { before_taxes: 4.4 },
  total_energy: 11,
  total_time: 1,
  last_updated: '2026-01-31T13:05:00Z',
})
