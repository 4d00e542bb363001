import { expect, test } from 'vitest'
import { compileFilters, type StationFilters } from './filters.js'
import { newWanted, pointAt } from './station-point.js'
import { StationTable } from './station-table.js'
import { ccs, evseRow, stationRow } from './testing/rows.js'

const tableOf = (...rows: readonly Parameters<StationTable['put']>[0][]): StationTable => {
  const table = new StationTable()
  for (const row of rows) table.put(row)
  return table
}

/** Ids of wanted stations with their wanted EVSEs: `a 1/2` is one free of two. */
const wantedOf = (table: StationTable, filters: StationFilters, nowMs = 0): readonly string[] => {
  const match = compileFilters(table, filters, nowMs)
  const wanted = newWanted()
  return Array.from({ length: table.bound }, (_, slot) => slot)
    .filter((slot) => table.columns.live[slot] === 1 && match(slot, wanted))
    .map((slot) => {
      match(slot, wanted)
      return `${table.ids[slot]} ${wanted.free}/${wanted.evses}`
    })
}

test('a station counts its EVSEs by status, and has its highest power and its newest status', () => {
  const statuses = [
    'AVAILABLE',
    'CHARGING',
    'RESERVED',
    'BLOCKED',
    'OUTOFORDER',
    'INOPERATIVE',
    'UNKNOWN',
    null,
  ]
  const evses = statuses.map((status, index) => evseRow({ status, updatedAtS: 100 + index }))
  const table = tableOf(stationRow('a', { evses: [...evses, evseRow({ connectors: ccs(150_000) })] }))
  const wanted = newWanted()
  compileFilters(table, {}, 0)(0, wanted)
  expect(pointAt(table, 0, wanted)).toMatchObject({
    key: 'DE/ABC/A',
    id: 'a',
    evses: 9,
    free: 2,
    taken: 3,
    broken: 2,
    maxWatts: 150_000,
    statusAtS: 1_767_225_600,
    latitude: 52.52,
    longitude: 13.405,
  })
})

test('a station that changes keeps no trace of what it was, and one that goes leaves nothing', () => {
  const table = tableOf(stationRow('a'), stationRow('b', { operator: 'Other' }))
  expect(table.put(stationRow('a', { evses: [evseRow({ status: 'CHARGING' }), evseRow()] }))).toHaveLength(1)
  expect([table.size, table.evses]).toEqual([2, 3])
  expect(table.put(stationRow('a', { latitude: '48.1' }))).toHaveLength(2)
  for (const id of ['a', 'b']) table.put(stationRow(id, { deleted: true }))
  expect([table.size, table.evses, wantedOf(table, {})]).toEqual([0, 0, []])
  for (const shared of [table.kinds, table.operators, table.parties, table.partners, table.openings])
    for (let id = 0; id < shared.bound; id += 1) expect(shared.at(id)).toBeUndefined()
})

test('locations without a place are counted and left out, until they have one', () => {
  const table = tableOf(stationRow('a', { latitude: '', longitude: '' }), stationRow('b'))
  expect([table.size, table.withoutPlace]).toEqual([1, 1])
  table.put(stationRow('a'))
  expect([table.size, table.withoutPlace]).toEqual([2, 0])
  table.put(stationRow('b', { latitude: '0', longitude: '0' }))
  table.put(stationRow('b', { deleted: true }))
  expect([table.size, table.withoutPlace]).toEqual([1, 0])
})

test('thousands of stations grow the table without mixing them up', () => {
  const table = new StationTable()
  for (let n = 0; n < 5_000; n += 1) table.put(stationRow(`s${n}`, { latitude: String(n / 100) }))
  expect(table.size).toBe(5_000)
  expect(table.columns.lat[table.slotOf('DE/ABC/S4321') ?? -1]).toBe(432_100_000)
})

const mixed = tableOf(
  stationRow('mix', {
    evses: [
      evseRow(),
      evseRow({ status: 'CHARGING', connectors: ccs(150_000), capabilities: ['CREDIT_CARD_PAYABLE'] }),
    ],
  }),
  stationRow('fast', { operator: 'Schnell AG', evses: [evseRow({ connectors: ccs(300_000) })] }),
  stationRow('slow', { published: false, receivedFrom: 'p1', disabledParking: true }),
  stationRow('hours', {
    partyId: 'XYZ',
    openingTimes: { regular_hours: [{ weekday: 1, period_begin: '08:00', period_end: '20:00' }] },
    evses: [evseRow({ parkingRestrictions: ['DISABLED'] }), evseRow()],
  }),
  stationRow('empty', { evses: [] }),
)

test.each<[string, StationFilters, readonly string[]]>([
  ['nothing', {}, ['mix 1/2', 'fast 1/1', 'slow 1/1', 'hours 2/2', 'empty 0/0']],
  ['a plug', { plugs: ['ccs'] }, ['mix 0/1', 'fast 1/1']],
  ['one of two plugs', { plugs: ['ccs', 'chademo'] }, ['mix 0/1', 'fast 1/1']],
  ['a plug that is free', { plugs: ['ccs'], free: true }, ['fast 1/1']],
  ['power of the same connector', { plugs: ['type2'], minWatts: 100_000 }, []],
  ['power', { minWatts: 200_000 }, ['fast 1/1']],
  ['free', { free: true }, ['mix 1/2', 'fast 1/1', 'slow 1/1', 'hours 2/2']],
  ['a card', { payments: ['card'] }, ['mix 0/1']],
  ['card or app', { payments: ['card', 'app'], plugs: ['ccs'] }, ['mix 0/1', 'fast 1/1']],
  ['parking for disabled people', { accessible: true }, ['slow 1/1', 'hours 1/1']],
  ['part of the operator', { operator: 'schnell' }, ['fast 1/1']],
  ['a party', { party: { countryCode: 'de', partyId: 'xyz' } }, ['hours 2/2']],
  ['own ones', { receivedFrom: null, minWatts: 1 }, ['mix 1/2', 'fast 1/1', 'hours 2/2']],
  ['a partner', { receivedFrom: 'p1' }, ['slow 1/1']],
  ['published ones', { published: false }, ['slow 1/1']],
  ['a tariff', { connector: ({ tariffIds }) => tariffIds.includes('DC') }, ['mix 0/1', 'fast 1/1']],
])('filters by %s', (_name, filters, ids) => {
  expect(wantedOf(mixed, filters)).toEqual(ids)
})

test('open now goes by local time, and those that do not say are taken for open', () => {
  const ids = (time: string) =>
    wantedOf(mixed, { open: true }, Date.parse(time)).map((text) => text.split(' ')[0])
  expect(ids('2026-07-06T10:00:00Z')).toContain('hours')
  expect(ids('2026-07-07T10:00:00Z')).not.toContain('hours')
  expect(ids('2026-07-07T10:00:00Z')).toContain('mix')
})
