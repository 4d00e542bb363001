import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columns } from './columns.js'
import { importBnetza } from './import-bnetza.js'
import {
  chunksOf,
  header,
  importOptions,
  importRows,
  registerFile,
  registerLine,
} from './testing/register.js'

const importText = (text: string, size?: number) => importBnetza(chunksOf(text, size), importOptions)

async function* bytesOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size)
}

describe('reading a register file', () => {
  it('makes a Location of a row, with what the register states and nothing else', async () => {
    const { locations } = await importText(registerFile(registerLine()))
    expect(locations).toEqual([
      {
        country_code: 'DE',
        party_id: 'IWC',
        id: 'BNETZA-1112348',
        publish: true,
        address: 'Gartenstraße 87',
        city: 'Berlin',
        postal_code: '10115',
        state: 'Berlin',
        country: 'DEU',
        coordinates: { latitude: '52.53271', longitude: '13.388311' },
        evses: [
          {
            uid: 'BNETZA-1112348-1',
            status: 'UNKNOWN',
            capabilities: ['RFID_READER'],
            connectors: [
              {
                id: '1',
                standard: 'IEC_62196_T2',
                format: 'SOCKET',
                power_type: 'AC_3_PHASE',
                max_voltage: 230,
                max_amperage: 16,
                last_updated: '2026-05-01T00:00:00Z',
              },
            ],
            last_updated: '2026-05-01T00:00:00Z',
          },
        ],
        operator: { name: 'Design Offices GmbH (Köln)' },
        time_zone: 'Europe/Berlin',
        last_updated: '2026-05-01T00:00:00Z',
      },
    ])
  })

  it('reads bytes cut anywhere, inside a character too', async () => {
    const text = registerFile(registerLine())
    const { locations } = await importBnetza(bytesOf(text, 1), importOptions)
    expect(locations[0]?.operator?.name).toBe('Design Offices GmbH (Köln)')
  })

  it('reports undecodable bytes and reads them in their own encoding when told', async () => {
    const latin = async function* () {
      yield Uint8Array.from(registerFile(registerLine()).slice(1), (char) => char.charCodeAt(0))
    }
    const asUtf8 = await importBnetza(latin(), importOptions)
    expect(asUtf8.locations).toEqual([])
    const asLatin = await importBnetza(latin(), { ...importOptions, encoding: 'windows-1252' })
    expect(asLatin.locations[0]?.address).toBe('Gartenstraße 87')
  })

  it('reads cells over several lines and names the line on which the row ends', async () => {
    const { locations, report } = await importText(
      registerFile(
        registerLine({ [columns.id]: '1', [columns.payment]: 'Bargeld;\nRFID-Karte' }),
        registerLine({ [columns.id]: '2', [columns.houseNumber]: '0' }),
      ),
    )
    expect(locations[0]?.evses?.[0]?.capabilities).toEqual(['RFID_READER'])
    expect(report.find(({ code }) => code === 'payment_not_carried')).toMatchObject({
      line: 3,
      raw: 'Bargeld',
    })
    expect(report.find(({ code }) => code === 'house_number_missing')).toMatchObject({
      line: 4,
      facilityId: '2',
      column: 'Hausnummer',
      raw: '0',
    })
  })

  it('finds the header below lines of text', async () => {
    const text = `Ladesäulenregister\n\nStand: 01.05.2026;\n${registerFile(registerLine()).slice(1)}`
    expect((await importText(text)).locations).toHaveLength(1)
  })
})

describe('rows that cannot be used', () => {
  it.each([
    [{ [columns.id]: 'n/a' }, 'facility_id_garbled'],
    [{ [columns.latitude]: '' }, 'coordinates_garbled'],
    [{ [columns.latitude]: '13,388311', [columns.longitude]: '52,53271' }, 'coordinates_implausible'],
    [{ [columns.street]: '' }, 'address_missing'],
    [{ [columns.city]: '', [columns.district]: '' }, 'address_missing'],
    [{ 'Nennleistung Stecker1': '' }, 'no_usable_charge_point'],
  ])('%j is skipped for %s, the next row is not', async (cells, code) => {
    const { locations, report, summary } = await importRows([cells, { [columns.id]: '2' }])
    expect(locations.map(({ id }) => id)).toEqual(['BNETZA-2'])
    expect(report.filter(({ line, effect }) => line === 2 && effect === 'row_skipped')).toContainEqual(
      expect.objectContaining({ code, severity: 'error' }),
    )
    expect(summary).toMatchObject({ rows: 2, skipped: 1, facilities: 1 })
  })

  it('takes an id once', async () => {
    const { summary } = await importRows([{}, {}])
    expect(summary).toMatchObject({ locations: 1, skipped: 1, codes: { facility_duplicate: 1 } })
  })

  it('skips a row with more or fewer cells than columns: its values may stand in wrong ones', async () => {
    const { summary } = await importText(registerFile(`${registerLine()};;`, 'a;b', registerLine()))
    expect(summary).toMatchObject({ locations: 1, codes: { column_count_differs: 2 } })
  })

  const plain = { [columns.payment]: 'RFID-Karte' }
  const openQuote = registerLine({ ...plain, [columns.id]: '2' }).replace('Gartenstraße', '"Gartenstraße')

  it('names the lines an open quote swallows', async () => {
    const text = registerFile(registerLine(plain), openQuote, registerLine())
    const { summary, report } = await importText(text)
    expect(summary).toMatchObject({ rows: 2, locations: 1, skipped: 1, codes: { column_count_differs: 1 } })
    expect(report.at(-1)?.done).toContain('lines 3 to 4')
  })

  it('gives up on a quote that stays open, and keeps what was read before', async () => {
    const rest = Array.from({ length: 900 }, () => registerLine(plain))
    const { summary, report } = await importText(registerFile(registerLine(plain), openQuote, ...rest))
    expect(summary).toMatchObject({ locations: 1, codes: { csv_unreadable: 1 } })
    expect(report.at(-1)?.done).toContain('nothing read after line 2')
  })

  it('stops at the row limit and says so', async () => {
    const rows = ['1', '2', '3'].map((id) => ({ [columns.id]: id }))
    const { summary } = await importRows(rows, { maxRows: 2 })
    expect(summary).toMatchObject({ rows: 2, codes: { row_limit_reached: 1 } })
  })

  it.each(['', '\uFEFF', 'no register', 'a;b\n1;2\n', '"'])('reports %j as no register', async (text) => {
    const { locations, summary } = await importText(text)
    expect(locations).toEqual([])
    expect(summary.codes.header_missing).toBe(1)
  })
})

describe('options', () => {
  it('filters by operator, and counts what it left out', async () => {
    const rows = [{}, { [columns.id]: '2', [columns.operator]: 'Lidl ' }]
    const { summary, locations } = await importRows(rows, { operatorFilter: (name) => name === 'Lidl' })
    expect(locations.map(({ id }) => id)).toEqual(['BNETZA-2'])
    expect(summary).toMatchObject({ rows: 2, filtered: 1, skipped: 0, facilities: 1 })
  })

  it('assumes status and capabilities only when told', async () => {
    const { locations } = await importRows([{}], {
      assumeStatus: 'AVAILABLE',
      assumeCapabilities: ['REMOTE_START_STOP_CAPABLE'],
    })
    expect(locations[0]?.evses?.[0]).toMatchObject({
      status: 'AVAILABLE',
      capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE'],
    })
  })

  it('asks for tariffs by facility and plug, so that free ones can have their own (LOC-131)', async () => {
    const rows = [{}, { [columns.id]: '2', [columns.houseNumber]: '5', [columns.payment]: 'Kostenlos' }]
    const { locations } = await importRows(rows, {
      tariffIds: ({ payments }, plug) => [`${payments.free ? 'FREE' : 'PAID'}-${plug.powerType}`],
    })
    expect(locations.map(({ evses }) => evses?.[0]?.connectors[0]?.tariff_ids)).toEqual([
      ['FREE-AC_3_PHASE'],
      ['PAID-AC_3_PHASE'],
    ])
  })

  it('tells its progress', async () => {
    const seen: number[] = []
    const rows = Array.from({ length: 501 }, (_, index) => ({ [columns.id]: String(index + 1) }))
    await importRows(rows, { onProgress: (count) => seen.push(count) })
    expect(seen).toEqual([500, 501])
  })

  it('rejects with the failure of the input', async () => {
    const broken = async function* () {
      yield header.join(';')
      throw new Error('disk gone')
    }
    await expect(importBnetza(broken(), importOptions)).rejects.toThrow('disk gone')
  })
})

describe('garbage', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '0', ';', '"', '-1', '1e9', '50; 50', '24:00-24:00'),
  )

  it('never throws on any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { maxLength: 40 }), fc.boolean(), async (cells, withHeader) => {
        const text = `${withHeader ? `${header.join(';')}\n` : ''}${cells.join(';')}`
        const { report, locations } = await importText(text)
        expect(report.length + locations.length).toBeGreaterThan(withHeader ? -1 : 0)
      }),
      { numRuns: 150 },
    )
  })

  it('never throws on any cells, and reports every skipped row', async () => {
    const row = fc.dictionary(fc.constantFrom(...header), cell, { maxKeys: 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
        const { report, summary } = await importRows(rows)
        const skippedLines = new Set(
          report.filter(({ effect }) => effect === 'row_skipped').map(({ line }) => line),
        )
        expect(skippedLines.size).toBeGreaterThanOrEqual(Math.min(1, summary.skipped))
        expect(summary.facilities + summary.skipped).toBe(summary.rows)
      }),
      { numRuns: 150 },
    )
  })
})
