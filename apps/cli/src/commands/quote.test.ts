import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.js'

const window = { start_time: '17:00', end_time: '20:00' }
const vat = { vat: 19, step_size: 1 }
const tariff = {
  country_code: 'DE',
  party_id: 'ABC',
  id: 'EVENING',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [
    { price_components: [{ type: 'ENERGY', price: 0.6, ...vat }], restrictions: window },
    {
      price_components: [
        { type: 'ENERGY', price: 0.4, ...vat },
        { type: 'PARKING_TIME', price: 6, ...vat },
      ],
    },
  ],
  last_updated: '2026-01-01T00:00:00Z',
}
/** As OCPI 2.1.1 writes it: no owner, no taxes. */
const flat = {
  id: 'FLAT',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.5, step_size: 1 }] }],
  last_updated: '2026-01-01T00:00:00Z',
}

let folder = ''
let evening = ''
let flatFile = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-quote-'))
  evening = join(folder, 'evening.json')
  flatFile = join(folder, 'flat.json')
  await writeFile(evening, JSON.stringify(tariff))
  await writeFile(flatFile, JSON.stringify(flat))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const quote = (...args: string[]) =>
  runCli(['quote', '--start', '2026-11-22T19:00', '--time-zone', 'Europe/Berlin', ...args])

describe('interwatt quote', () => {
  it('says what a charge costs, line by line, in local time', async () => {
    const { code, out, err } = await quote('--tariff', evening, '--kwh', '22', '--parking', '30m')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('Start      2026-11-22 19:00:00 Europe/Berlin')
    expect(out).toContain('Charged    2026-11-22 21:00:00, 22 kWh in 2 h')
    expect(out).toMatch(/ENERGY +11 kWh +11 kWh +0\.6\/kWh +19 % +6\.60 .*EVENING \/elements\/0/)
    expect(out).toMatch(/Price +14\.00 EUR, 16\.66 with taxes/)
  })

  it('gives programs the same, with the range and what it depends on', async () => {
    const { code, out } = await quote(
      '--tariff',
      evening,
      '--kwh',
      '22',
      '--longer',
      '1h',
      '--slower',
      '50',
      '--json',
    )
    expect(code).toBe(0)
    const read: unknown = JSON.parse(out)
    expect(read).toMatchObject({
      tariff_id: 'EVENING',
      currency: 'EUR',
      total: { before_taxes: 11, after_taxes: 13.09 },
      energy_kwh: 22,
      charged_at: '2026-11-22T20:00:00Z',
      range: {
        low: { before_taxes: 9.9 },
        high: { before_taxes: 17 },
        depends_on: [{ unknown: 'power' }, { unknown: 'parking', low_at: 0, high_at: 60 }],
      },
    })
  })

  it('charges by the curve of a battery', async () => {
    const goal = [
      '--battery',
      '60',
      '--from',
      '20',
      '--to',
      '80',
      '--power',
      '150',
      '--curve',
      '0:120,100:20',
    ]
    const { out } = await quote('--tariff', flatFile, ...goal, '--json')
    expect(JSON.parse(out)).toMatchObject({ energy_kwh: 36, total: { before_taxes: 18 } })
  })

  it('compares connectors, cheapest first, with the reason', async () => {
    const { out } = await quote('--tariff', evening, '--tariff', flatFile, '--compare', '--kwh', '11')
    const lines = out.trimEnd().split('\n')
    expect(lines[1]).toMatch(/flat\.json +5\.50 EUR.*cheapest$/)
    expect(lines[2]).toMatch(/evening\.json +6\.60 EUR.*1\.1 EUR more, above all for energy \(\+1\.1\)$/)
  })

  it('says what is missing', async () => {
    const nothing = await quote('--tariff', evening)
    expect(nothing.code).toBe(2)
    expect(nothing.err).toContain('--kwh 20, or --battery 60 --from 20 --to 80')
    const zone = await runCli(['quote', '--tariff', evening, '--kwh', '5', '--start', '2026-11-22T19:00Z'])
    expect(zone.code).toBe(2)
    expect(zone.err).toContain('--time-zone')
    const type = await quote(
      '--tariff',
      flatFile,
      '--kwh',
      '5',
      '--battery',
      '50',
      '--to',
      '80',
      '--from',
      '20',
    )
    expect(type.code).toBe(2)
    expect((await quote('--tariff', join(folder, 'none.json'), '--kwh', '5')).code).toBe(2)
  })

  it('ends with 1 where no tariff is in force', async () => {
    const past = join(folder, 'past.json')
    await writeFile(past, JSON.stringify({ ...tariff, end_date_time: '2026-01-01T00:00:00Z' }))
    const { code, err } = await quote('--tariff', past, '--kwh', '5')
    expect(code).toBe(1)
    expect(err).toContain('no tariff of type REGULAR is in force')
  })
})
