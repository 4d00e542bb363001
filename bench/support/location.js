const connector = (id) => ({
  id: String(id),
  standard: 'IEC_62196_T2_COMBO',
  format: 'CABLE',
  power_type: 'DC',
  max_voltage: 920,
  max_amperage: 400,
  max_electric_power: 150_000,
  tariff_ids: [`TARIFF-AC-${id}`, `TARIFF-DC-${id}`],
  terms_and_conditions: 'https://cpo.example.com/terms/charging/index.html',
  last_updated: '2026-01-31T12:00:00Z',
})

const evse = (index) => ({
  uid: `5d7c2f3a-0000-4000-8000-00000000${1000 + index}`,
  evse_id: `DE*IWC*E${100000 + index}`,
  status: index % 2 === 0 ? 'AVAILABLE' : 'CHARGING',
  status_schedule: [
    { period_begin: '2026-02-01T00:00:00Z', period_end: '2026-02-02T00:00:00Z', status: 'INOPERATIVE' },
  ],
  capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE', 'RESERVABLE', 'UNLOCK_CAPABLE'],
  connectors: [connector(1), connector(2)],
  floor_level: '-1',
  coordinates: { latitude: '52.520008', longitude: '13.404954' },
  physical_reference: `P${index}`,
  directions: [{ language: 'de', text: 'Im Parkhaus links, zweite Reihe, neben dem Aufzug. '.repeat(2) }],
  parking_restrictions: ['EV_ONLY', 'PLUGGED'],
  images: [
    {
      url: `https://cdn.example.com/images/evse/${index}/photo.jpeg`,
      thumbnail: `https://cdn.example.com/images/evse/${index}/thumbnail.jpeg`,
      category: 'CHARGER',
      type: 'jpeg',
      width: 1920,
      height: 1080,
    },
  ],
  last_updated: '2026-01-31T12:00:00Z',
})

/** A car park of ten EVSEs with everything a careful CPO says about it, 15 kB; valid in 2.2.1 and 2.3.0. */
export const location = {
  country_code: 'DE',
  party_id: 'IWC',
  id: 'LOC-ALEXANDERPLATZ-1',
  publish: true,
  name: 'Parkhaus am Alexanderplatz',
  address: 'Alexanderstraße 7',
  city: 'Berlin',
  postal_code: '10178',
  country: 'DEU',
  coordinates: { latitude: '52.520008', longitude: '13.404954' },
  parking_type: 'PARKING_GARAGE',
  evses: Array.from({ length: 10 }, (_, index) => evse(index)),
  operator: { name: 'Beispiel Ladenetz', website: 'https://cpo.example.com' },
  facilities: ['PARKING_LOT', 'CAFE'],
  time_zone: 'Europe/Berlin',
  opening_times: {
    twentyfourseven: false,
    regular_hours: [1, 2, 3, 4, 5].map((weekday) => ({
      weekday,
      period_begin: '06:00',
      period_end: '23:00',
    })),
  },
  energy_mix: { is_green_energy: true, energy_sources: [{ source: 'WIND', percentage: 100 }] },
  last_updated: '2026-01-31T12:00:00Z',
}
