import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.js'

const window = { start_time: '06:00', end_time: '22:00' }
const elements = [
  { price_components: [{ type: 'FLAT', price: 0.5, vat: 19, step_size: 1 }] },
  { price_components: [{ type: 'ENERGY', price: 0.4, vat: 19, step_size: 1 }], restrictions: window },
  { price_components: [{ type: 'ENERGY', price: 0.3, vat: 19, step_size: 1 }] },
]
const owner = { country_code: 'DE', party_id: 'ABC' }
const tariff = { ...owner, id: 'T1', currency: 'EUR', elements, last_updated: '2026-01-01T00:00:00Z' }
const kwh = (volume: number | string, hours: number) => [
  { type: 'ENERGY', volume },
  { type: 'TIME', volume: hours },
]
const place = {
  id: 'LOC1',
  address: 'Marktplatz 1',
  city: 'Bremen',
  postal_code: '28195',
  country: 'DEU',
  coordinates: { latitude: '53.076000', longitude: '8.807000' },
}
/** In Berlin it is 21:30 to 22:30: 10 kWh by day, 10 kWh by night. */
const session = {
  id: 'CDR1',
  start_date_time: '2026-01-12T20:30:00Z',
  auth_method: 'WHITELIST',
  currency: 'EUR',
  charging_periods: [
    { start_date_time: '2026-01-12T20:30:00Z', dimensions: kwh(10, 0.5) },
    { start_date_time: '2026-01-12T21:00:00Z', dimensions: kwh(10, 0.5) },
  ],
  total_energy: 20,
  total_time: 1,
  last_updated: '2026-01-12T21:31:00Z',
}
const connector = {
  evse_uid: 'E1',
  evse_id: 'DE*ABC*E1',
  connector_id: '1',
  connector_standard: 'IEC_62196_T2',
  connector_format: 'SOCKET',
  connector_power_type: 'AC_3_PHASE',
}
const token = {
  country_code: 'NL',
  party_id: 'MSP',
  uid: '04A1',
  type: 'RFID',
  contract_id: 'NLMSPC00000001',
}
const v221 = {
  ...owner,
  ...session,
  end_date_time: '2026-01-12T21:30:00Z',
  session_id: 'S1',
  cdr_token: token,
  cdr_location: { ...place, ...connector },
  tariffs: [tariff],
  total_cost: { excl_vat: 7.5, incl_vat: 8.93 },
}
const v230 = {
  ...v221,
  tariffs: [{ ...tariff, tax_included: 'NO' }],
  total_cost: { before_taxes: 7.5, taxes: [{ name: 'VAT', percentage: 19, amount: 1.43 }] },
}
const plainElements = elements.map((element) => ({
  ...element,
  price_components: element.price_components.map(({ vat: _vat, ...component }) => component),
}))
const v211 = {
  ...session,
  stop_date_time: '2026-01-12T21:30:00Z',
  auth_id: 'NLMSPC00000001',
  location: { ...place, type: 'ON_STREET', last_updated: '2026-01-01T00:00:00Z' },
  tariffs: [{ id: 'T1', currency: 'EUR', elements: plainElements, last_updated: '2026-01-01T00:00:00Z' }],
  total_cost: 7.5,
}

const price = (document: unknown, ...options: readonly string[]) =>
  runCli(['price', '--cdr', '-', ...options], { input: JSON.stringify(document) })

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-price-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const file = async (name: string, document: unknown): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(document))
  return path
}

describe('interwatt price', () => {
  it.each([
    ['2.3.0', v230, { before_taxes: 7.5, after_taxes: 8.93 }],
    ['2.2.1', v221, { before_taxes: 7.5, after_taxes: 8.93 }],
    ['2.1.1', v211, { before_taxes: 7.5 }],
  ])('reads a CDR of %s by its fields and finds that it reconciles', async (_version, document, total) => {
    const { code, out } = await price(document, '--json')
    expect(JSON.parse(out)).toMatchObject({ outcome: 'agrees', currency: 'EUR', total, findings: [] })
    expect(code).toBe(0)
  })

  it('prints lines, totals side by side, and the verdict', async () => {
    const { code, out } = await price(v221)
    expect(code).toBe(0)
    expect(out).toContain('CDR CDR1, OCPI 2.2.1: 2026-01-12T20:30:00Z to 2026-01-12T21:30:00Z, Europe/Berlin')
    expect(out).toMatch(/ENERGY +10 kWh +10 kWh +0.4\/kWh +19 % +4.00 +4.76 +T1 \/elements\/1/)
    expect(out).toMatch(/total_cost +7.50 \/ 8.93 +7.50 \/ 8.93 +0.00 \/ 0.00/)
    expect(out).toContain('agrees:')
  })

  it('ends with 1 and names the place when a total is wrong', async () => {
    const { code, out } = await price({
      ...v221,
      total_cost: { excl_vat: 9.5 },
      total_energy_cost: { excl_vat: 9 },
    })
    expect(code).toBe(1)
    expect(out).toContain('/total_energy_cost  part_differs')
    expect(out).toContain('before taxes 9.50 instead of 7.50, 2.00 too much')
    expect(out).toContain('differs:')
  })

  it('ends with 1 when there is nothing to price with', async () => {
    const { code, out } = await price({ ...v221, tariffs: [] }, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ outcome: 'unpriced', findings: [{ code: 'no_tariff' }] })
  })

  it('takes the tariff that is named instead of those of the CDR, of any version', async () => {
    const dearer = elements.map((element, index) =>
      index === 0 ? element : { price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }] },
    )
    const path = await file('dearer.json', { ...tariff, elements: dearer })
    const { code, out } = await price(v221, '--tariff', path, '--json')
    expect([code, JSON.parse(out).total.before_taxes]).toEqual([1, 20.5])
    const own = await file('own.json', v211.tariffs[0])
    expect((await price(v221, '--tariff', own)).code).toBe(0)
  })

  it('reads numbers that are texts, and says so', async () => {
    const [first, second] = session.charging_periods
    const texts = { ...v221, charging_periods: [{ ...first, dimensions: kwh('10.0', 0.5) }, second] }
    const { code, err } = await price(texts)
    expect(code).toBe(0)
    expect(err).toContain('/charging_periods/0/dimensions/0/volume')
  })

  it('computes by the policies it is given', async () => {
    const cdr = { ...v221, total_cost: { excl_vat: 7.5, incl_vat: 8.92 } }
    expect((await price(cdr, '--tolerance', '0')).code).toBe(1)
    const theirs = ['--policy', 'rounding-mode=down', '--policy', 'rounding_point=total', '--tolerance', '0']
    expect((await price(cdr, ...theirs)).code).toBe(0)
  })

  it('asks for the time zone where the country has several, and only where the price needs it', async () => {
    const spain = { ...v221, cdr_location: { ...v221.cdr_location, country: 'ESP' } }
    const refused = await price(spain)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toContain('--time-zone Europe/Madrid')
    expect((await price(spain, '--time-zone', 'Europe/Madrid')).code).toBe(0)
    const plain = {
      ...tariff,
      elements: [{ price_components: [{ type: 'ENERGY', price: 0.375, vat: 19, step_size: 1 }] }],
    }
    expect((await price({ ...spain, tariffs: [plain] })).code).toBe(0)
  })

  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['a list', '[]', 'one document at a time'],
    ['no CDR', '{"id": "LOC1"}', 'does not look like a CDR'],
    ['a CDR that lacks fields', '{"total_cost": {"excl_vat": 1}}', '/charging_periods'],
  ])('ends with 2 for %s', async (_what, input, said) => {
    const { code, out, err } = await runCli(['price', '--cdr', '-'], { input })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(said)
  })

  it('says it in sentences where a language is asked for, to people and to programs', async () => {
    const { code, out } = await price(v221, '--lang', 'de')
    expect(code).toBe(0)
    expect(out).toMatch(/Gesamt.*8,93\s€/)
    expect((await price(v221)).out).not.toMatch(/Gesamt/)
    const { sentences } = JSON.parse((await price(v221, '--lang', 'nl', '--json')).out)
    expect(sentences).toMatchObject({ language: 'nl', total: expect.stringContaining('8,93') })
    expect((await price(v221, '--lang', 'tlh')).err).toContain('Known languages: en, de, fr, nl')
  })

  it('lists the policies when one is not known', async () => {
    expect((await price(v221, '--policy', 'roundings=up')).err).toContain('known are rounding_point')
  })
})
