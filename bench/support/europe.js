import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { importBnetza } from '../../packages/platform/dist/index.js'

/** Cities of Europe, latitude and longitude: Berlin is copied to each, turned and moved a little so that no two are alike. */
const CITIES = [
  [52.52, 13.4],
  [48.14, 11.57],
  [53.55, 10.0],
  [50.94, 6.96],
  [50.11, 8.68],
  [48.78, 9.18],
  [51.05, 13.74],
  [52.37, 4.9],
  [51.92, 4.48],
  [50.85, 4.35],
  [48.86, 2.35],
  [45.76, 4.84],
  [43.3, 5.37],
  [51.51, -0.13],
  [53.48, -2.24],
  [55.95, -3.19],
  [53.35, -6.26],
  [40.42, -3.7],
  [41.39, 2.17],
  [38.72, -9.14],
  [45.46, 9.19],
  [41.9, 12.5],
  [47.37, 8.54],
  [48.21, 16.37],
  [50.08, 14.44],
  [52.23, 21.01],
  [47.5, 19.04],
  [55.68, 12.57],
  [59.33, 18.07],
  [59.91, 10.75],
  [60.17, 24.94],
  [44.43, 26.1],
  [37.98, 23.73],
  [42.7, 23.32],
  [45.81, 15.98],
]

const berlin = async () => {
  const file = fileURLToPath(new URL('../../data/berlin/berlin-stations.csv', import.meta.url))
  const { locations } = await importBnetza(createReadStream(file), {
    party: { countryCode: 'DE', partyId: 'CPO' },
    now: '2026-01-01T00:00:00Z',
    assumeStatus: 'AVAILABLE',
    assumeCapabilities: ['REMOTE_START_STOP_CAPABLE'],
  })
  return locations
}

const columns = `kind, country_code, party_id, id, document, last_updated, content_hash, version_in,
  created_seq, changed_seq, changed_xid, changed_at, previous_seq`

const copyLocations = `insert into objects (${columns})
select 'location', 'DE', 'CPO', upper(l.value ->> 'id') || '-' || c.n,
  (l.value - 'evses') || jsonb_build_object('id', (l.value ->> 'id') || '-' || c.n, 'coordinates', jsonb_build_object(
    'latitude', round(c.lat + ((l.value #>> '{coordinates,latitude}')::numeric - 52.52) * c.size, 6)::text,
    'longitude', round(c.lon + ((l.value #>> '{coordinates,longitude}')::numeric - 13.4) * c.size, 6)::text)),
  '2026-01-01', decode(md5(c.n || (l.value ->> 'id')), 'hex'), '2.3.0', s.seq, s.seq, pg_current_xact_id(), now(), 0
from jsonb_array_elements($1::jsonb) with ordinality l (value, place)
cross join jsonb_to_recordset($2::jsonb) as c (n int, lat numeric, lon numeric, size numeric)
cross join lateral (select (c.n * 100000 + l.place)::bigint as seq) s`

const copyEvses = `insert into objects (${columns})
select 'evse', 'DE', 'CPO', upper(l.value ->> 'id') || '-' || c.n || '/' || upper(e.value ->> 'uid') || '-' || k.k,
  e.value || jsonb_build_object('uid', (e.value ->> 'uid') || '-' || k.k), '2026-01-01',
  decode(md5(c.n || (e.value ->> 'uid') || k.k), 'hex'), '2.3.0', s.seq, s.seq, pg_current_xact_id(), now(), 0
from jsonb_array_elements($1::jsonb) with ordinality l (value, place)
cross join lateral jsonb_array_elements(l.value -> 'evses') with ordinality e (value, place)
cross join generate_series(1, $3::int) k (k)
cross join jsonb_to_recordset($2::jsonb) as c (n int)
cross join lateral (select (c.n * 100000 + 50000 + l.place)::bigint as seq) s`

/**
 * Fills a migrated database with at least so many EVSEs at locations all over Europe, each the real one of a place in Berlin
 * with its EVSEs doubled until there are about five. Answers how many there are, and the key of every EVSE.
 */
export const seedEurope = async (databaseUrl, wantedEvses) => {
  const locations = await berlin()
  const perCopy = locations.reduce((sum, { evses = [] }) => sum + evses.length, 0)
  const times = Math.max(1, Math.round((5 * locations.length) / perCopy))
  const copies = Math.ceil(wantedEvses / (perCopy * times))
  const places = Array.from({ length: copies }, (_, n) => {
    const [lat, lon] = CITIES[n % CITIES.length]
    const ring = Math.floor(n / CITIES.length)
    return {
      n: n + 1,
      lat: lat + 0.31 * Math.sin(ring * 2.4) * Math.sqrt(ring),
      lon: lon + 0.47 * Math.cos(ring * 2.4) * Math.sqrt(ring),
      size: 1 + (ring % 5) * 0.3,
    }
  })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const [documents, where] = [JSON.stringify(locations), JSON.stringify(places)]
  await client.query(copyLocations, [documents, where])
  await client.query(copyEvses, [documents, where, times])
  await client.query(`select setval('change_seq', (select max(changed_seq) from objects))`)
  await client.query('vacuum analyze objects')
  const { rows } = await client.query(
    `select split_part(id, '/', 1) as location, split_part(id, '/', 2) as evse from objects where kind = 'evse'`,
  )
  await client.end()
  return { locations: locations.length * copies, evses: rows }
}
