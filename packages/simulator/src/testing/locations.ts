import type { Evse, Location } from '../world/site.js'

const NOW = '2024-06-01T08:00:00Z'

const evse = (uid: string, power: 'AC' | 'DC', capabilities: Evse['capabilities']): Evse => ({
  uid,
  evse_id: `DE*SIM*E${uid}`,
  status: 'AVAILABLE',
  capabilities: capabilities ?? [],
  connectors: [
    power === 'AC'
      ? {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 230,
          max_amperage: 32,
          max_electric_power: 22_000,
          last_updated: NOW,
        }
      : {
          id: '1',
          standard: 'IEC_62196_T2_COMBO',
          format: 'CABLE',
          power_type: 'DC',
          max_voltage: 920,
          max_amperage: 300,
          max_electric_power: 150_000,
          last_updated: NOW,
        },
  ],
  last_updated: NOW,
})

const ALL: Evse['capabilities'] = ['REMOTE_START_STOP_CAPABLE', 'RESERVABLE', 'RFID_READER', 'UNLOCK_CAPABLE']

/** Two small locations in Berlin: four AC sockets and two DC cables. */
export const testLocations = (): readonly Location[] =>
  [
    { id: 'LOC1', evses: ['1', '2', '3', '4'].map((uid) => evse(`AC${uid}`, 'AC', ALL)) },
    { id: 'LOC2', evses: ['1', '2'].map((uid) => evse(`DC${uid}`, 'DC', ALL)) },
  ].map(({ id, evses }) => ({
    country_code: 'DE',
    party_id: 'SIM',
    id,
    publish: true,
    name: `Test ${id}`,
    address: 'Musterstraße 12',
    city: 'Berlin',
    postal_code: '10115',
    country: 'DEU',
    coordinates: { latitude: '52.532110', longitude: '13.384920' },
    evses,
    time_zone: 'Europe/Berlin',
    last_updated: NOW,
  }))
