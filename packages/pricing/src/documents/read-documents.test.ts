import type { ocpi230 } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { guessCdrVersion, guessTariffVersion } from './guess-version.js'
import { readCdr, readTariff } from './read-documents.js'
import { withTariffs } from './with-tariffs.js'

const oldest = {
  id: 'T1',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.45, step_size: 1 }] }],
  last_updated: '2026-01-01T00:00:00Z',
}
const owned = { ...oldest, country_code: 'DE', party_id: 'ABC' }

describe('the version of a document', () => {
  it.each([
    ['2.1.1', oldest],
    ['2.2.1', owned],
    ['2.2.1', { ...oldest, min_price: { excl_vat: 1 } }],
    ['2.3.0', { ...owned, tax_included: 'NO' }],
    ['2.3.0', { ...owned, min_price: { before_taxes: 1 } }],
    ['2.3.0', 7],
  ])('is the oldest that has all fields of the tariff: %s', (version, tariff) => {
    expect(guessTariffVersion([tariff])).toBe(version)
  })

  it.each([
    ['2.3.0', { total_cost: { before_taxes: 1 } }],
    ['2.2.1', { total_cost: { excl_vat: 1 } }],
    ['2.1.1', { total_cost: 1, stop_date_time: '2026-01-01T00:00:00Z' }],
    [undefined, { total_cost: 1 }],
    [undefined, 7],
  ])('is told by the total of a CDR: %s', (version, cdr) => {
    expect(guessCdrVersion(cdr)).toBe(version)
  })
})

describe('a tariff', () => {
  it('of any version is read in the form of 2.3.0', () => {
    const read = readTariff(oldest)
    expect([read.ok, read.version]).toEqual([true, '2.1.1'])
    expect(read.ok && read.value.id).toBe('T1')
    expect(readTariff(owned).version).toBe('2.2.1')
  })

  it('that is none gives findings with their place, and so does anything else', () => {
    const read = readTariff({ ...owned, currency: 'EURO' })
    expect([read.ok, read.findings.map(({ pointer }) => pointer)]).toEqual([false, ['/currency']])
    for (const value of [undefined, null, 7, 'x', [], {}]) expect(readTariff(value).ok).toBe(false)
  })

  it('is read as the version that is named, whatever its fields say', () => {
    expect(readTariff(owned, '2.3.0')).toMatchObject({ ok: false, version: '2.3.0' })
  })
})

describe('a CDR', () => {
  it('that looks like none of any version is not read', () => {
    for (const value of [undefined, null, 7, [], { id: 'X' }]) expect(readCdr(value)).toBeUndefined()
  })

  it('with a version that is named says what it lacks', () => {
    const read = readCdr({ id: 'X' }, '2.2.1')
    expect(read?.ok).toBe(false)
    expect(read?.findings.map(({ pointer }) => pointer)).toContain('/charging_periods')
  })

  const sparse = {
    start_date_time: '2026-01-12T10:00:00Z',
    currency: 'EUR',
    tariffs: [{ ...owned, last_updated: undefined }],
    charging_periods: [
      { start_date_time: '2026-01-12T10:00:00Z', dimensions: [{ type: 'ENERGY', volume: 10 }] },
    ],
    total_energy: 10,
    total_time: 1,
  }
  const newer = {
    ...sparse,
    end_date_time: '2026-01-12T11:00:00Z',
    total_cost: { excl_vat: 4.5 },
    cdr_location: { country: 'NLD', coordinates: { latitude: '52.5', longitude: '13.4' } },
  }

  it.each([
    [
      '2.1.1',
      { ...sparse, tariffs: [oldest], stop_date_time: '2026-01-12T11:00:00Z', total_cost: 4.5 },
      undefined,
    ],
    ['2.2.1', newer, 'Europe/Amsterdam'],
  ])(
    'of %s is read although it says little of what no price depends on, and that is told',
    (version, cdr, zone) => {
      const read = readCdr(cdr)
      expect([read?.ok, read?.version]).toEqual([true, version])
      expect(read?.findings.length).toBeGreaterThan(3)
      expect(read?.findings.every(({ severity }) => severity !== 'error')).toBe(true)
      expect(read?.ok && read.value.timeZone).toBe(zone)
    },
  )

  it('is not read when something is wrong that a price depends on', () => {
    const read = readCdr({ ...newer, charging_periods: [{ start_date_time: 'noon', dimensions: [] }] })
    expect(read?.ok).toBe(false)
    expect(readCdr({ ...newer, tariffs: [{ ...owned, elements: 7 }] })?.ok).toBe(false)
  })
})

describe('other tariffs for a CDR', () => {
  const named = (id: string) => ({ ...owned, id, tax_included: 'NO' as const }) as ocpi230.Tariff
  const cdr = {
    tariffs: [],
    charging_periods: [{ start_date_time: '2026-01-12T10:00:00Z', dimensions: [], tariff_id: 'OLD' }],
  } as unknown as ocpi230.CDR

  it('a single one prices every period, whatever it names', () => {
    const { tariffs, charging_periods } = withTariffs(cdr, [named('NEW')])
    expect([tariffs?.map(({ id }) => id), charging_periods[0]?.tariff_id]).toEqual([['NEW'], undefined])
  })

  it('of several each period keeps the one it names; none changes nothing', () => {
    expect(withTariffs(cdr, [named('A'), named('B')]).charging_periods[0]?.tariff_id).toBe('OLD')
    expect(withTariffs(cdr, [])).toBe(cdr)
  })
})
