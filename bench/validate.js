/**
 * How long reading and checking a document takes, as a ratio to JSON.parse of the same text: the cost nobody can avoid.
 * Run after `npx tsc -b packages/protocol`: `node bench/validate.js`.
 */
import {
  checkDocument,
  jsonText,
  ocpi230,
  parseDocument,
  parseJson,
} from '../packages/protocol/dist/index.js'

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

const location = {
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

const ROUNDS = 7
const CALLS = 2_000

/** Microseconds of one call, the best of several rounds. */
const measure = (run) => {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const begin = process.hrtime.bigint()
    for (let call = 0; call < CALLS; call++) run()
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / 1000 / CALLS)
  }
  return best
}

const text = JSON.stringify(location)
const document = JSON.parse(text)
const read = parseDocument(ocpi230.Location, document, 'whole')
if (!read.ok || read.findings.length > 0)
  throw new Error(`the location is not valid: ${JSON.stringify(read.findings)}`)

const ceiling = measure(() => JSON.parse(text))
const results = {
  'JSON.parse': ceiling,
  parseJson: measure(() => parseJson(text)),
  parseDocument: measure(() => parseDocument(ocpi230.Location, document, 'whole')),
  checkDocument: measure(() => checkDocument(ocpi230.Location, document, 'whole')),
  'JSON.stringify': measure(() => JSON.stringify(document)),
  jsonText: measure(() => jsonText(document)),
}

console.log(
  `Location of ${location.evses.length} EVSEs, ${Buffer.byteLength(text)} bytes, best of ${ROUNDS} rounds of ${CALLS} calls`,
)
for (const [name, us] of Object.entries(results))
  console.log(`${name.padEnd(16)}${us.toFixed(1).padStart(8)} µs  ${(us / ceiling).toFixed(2)} × JSON.parse`)
