import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.js'

const component = (type: string, price: number, step_size = 1) => ({ type, price, vat: 19, step_size })
const tariff = {
  country_code: 'DE',
  party_id: 'ABC',
  id: 'NEW',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [
    {
      price_components: [component('ENERGY', 0.39)],
      restrictions: { start_time: '22:00', end_time: '06:00' },
    },
    { price_components: [component('ENERGY', 0.49), component('PARKING_TIME', 6, 900)] },
  ],
  last_updated: '2026-01-01T00:00:00Z',
}
const { tax_included: _, ...older } = tariff
const plain = { ...tariff, elements: [{ price_components: [component('ENERGY', 0.5)] }] }
const oldest = {
  id: 'OLD',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.45, step_size: 1 }] }],
  last_updated: '2020-01-01T00:00:00Z',
}
const never = { ...plain, elements: [{ ...plain.elements[0], restrictions: { min_kwh: 5, max_kwh: 5 } }] }

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-lint-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const lint = (document: unknown, ...options: string[]) =>
  runCli(['lint', 'tariff', '-', ...options], { input: JSON.stringify(document) })
const linted = async (document: unknown, ...options: string[]) => {
  const { code, out } = await lint(document, ...options, '--json')
  return { code, result: JSON.parse(out) }
}

describe('interwatt lint tariff', () => {
  it('ends with 0 for warnings, and says where, why and what to do', async () => {
    const { code, out } = await lint(tariff)
    expect(code).toBe(0)
    expect(out).toContain('warning  /elements/1/price_components/1/step_size  large-step-size')
    expect(out).toContain('Take 60 s or less')
    expect(out).toContain('no errors: 1 tariff of OCPI 2.3.0, 0 errors, 1 warning')
  })

  it('ends with 1 for errors', async () => {
    const { code, result } = await linted(never)
    expect(code).toBe(1)
    expect(result.errors).toBe(1)
    expect(result.tariffs[0].findings[0]).toMatchObject({
      code: 'restriction-never-holds',
      pointer: '/elements/0/restrictions/max_kwh',
    })
  })

  it('takes what breaks the schema as errors too', async () => {
    const { code, out } = await lint({ ...plain, currency: 'EURO' }, '--version', '2.3.0')
    expect(code).toBe(1)
    expect(out).toMatch(/^error {4}\/currency {2}/m)
  })

  it.each([
    [tariff, '2.3.0'],
    [older, '2.2.1'],
    [oldest, '2.1.1'],
  ])('guesses the version from the fields, and says so', async (document, version) => {
    const { code, err, out } = await lint(document)
    expect(code).toBe(0)
    expect(out).toContain(`1 tariff of OCPI ${version}`)
    expect(err).toContain(`Read as OCPI ${version} by its fields; --version says otherwise.`)
    expect((await lint(document, '--version', version)).err).toBe('')
  })

  it('tells a name that is nearly right once', async () => {
    const { result } = await linted({ ...plain, elements: [{ ...plain.elements[0], restriction: {} }] })
    expect(result.tariffs[0].findings.map(({ code }: { code: string }) => code)).toEqual(['near-miss-field'])
  })

  it('reads a list as tariffs that belong together', async () => {
    const { code, result } = await linted([plain, { ...plain, id: 'CHF', currency: 'CHF' }])
    expect(code).toBe(1)
    expect(result.tariffs.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/0', '/1'])
    expect(result.tariffs[1].findings[0].code).toBe('mixed-currencies')
  })

  it('holds it against laws', async () => {
    const fee = { ...plain, elements: [...plain.elements, { price_components: [component('FLAT', 1)] }] }
    const { code, result } = await linted(fee, '--pack', 'afir', '--pack', 'uk', '--max-power', '149.5')
    expect(code).toBe(1)
    expect(result.tariffs[0].findings).toContainEqual(
      expect.objectContaining({ code: 'afir-session-fee', pack: 'afir', severity: 'error' }),
    )
    expect((await lint(fee, '--pack', 'afir', '--max-power', '22')).code).toBe(0)
    expect((await lint(fee, '--pack', 'uk', '--country', 'fr')).out).toContain('does not hold in FR')
  })

  it('rehearses typical sessions, with the difference to an old tariff of any version', async () => {
    const file = join(folder, 'old.json')
    await writeFile(file, JSON.stringify(oldest))
    const { code, out } = await lint(plain, '--rehearse', file, '--version', '2.3.0')
    expect(code).toBe(0)
    expect(out).toContain('In EUR before tax, local times of Europe/Berlin')
    expect(out).toMatch(/^Top-up of 3 kWh +Tue 10:30 +1\.35 +1\.50 +\+0\.15$/m)
    expect(out).toMatch(/^Average of 20 /m)
    const alone = await linted(plain, '--rehearse', '--time-zone', 'Europe/Paris')
    expect(alone.result.tariffs[0].rehearsal).toMatchObject({ side: 'after_taxes', timeZone: 'Europe/Paris' })
    expect(alone.result.tariffs[0].rehearsal.sessions).toHaveLength(20)
  })

  it('says what is wrong with its input', async () => {
    expect(await lint([])).toMatchObject({
      code: 1,
      err: expect.stringContaining('The list holds no tariff.'),
    })
    const nothing = await runCli(['lint', 'tariff', join(folder, 'nothing.json')])
    expect(nothing).toMatchObject({ code: 1, err: expect.stringContaining('does not exist') })
    const text = await runCli(['lint', 'tariff', '-'], { input: 'prices' })
    expect(text).toMatchObject({ code: 1, err: expect.stringContaining('not JSON') })
    expect(await lint(7)).toMatchObject({ code: 1 })
  })
})

describe('interwatt explain tariff', () => {
  const explain = (document: unknown, ...options: string[]) =>
    runCli(['explain', 'tariff', '-', ...options], { input: JSON.stringify(document) })

  it('says what a driver pays, in the language asked for', async () => {
    const { code, out } = await explain(tariff, '--lang', 'de-AT')
    expect(code).toBe(0)
    expect(out.replace(/\u00a0/g, ' ')).toContain('Strom: 0,4641 € pro kWh, von 22:00 bis 06:00 Uhr.')
    expect((await explain(tariff)).out).toContain('Energy: otherwise €0.5831 per kWh.')
  })

  it('gives statements and texts to programs', async () => {
    const { out } = await explain(older, '--json', '--time-zone', 'Europe/Berlin')
    const { version, guessed, tariffs } = JSON.parse(out)
    expect({ version, guessed }).toEqual({ version: '2.2.1', guessed: true })
    expect(tariffs[0].statements[0]).toMatchObject({
      statement: { kind: 'price', charged: 'energy', pointer: '/elements/0/price_components/0' },
      text: 'Energy: €0.4641 per kWh, from 22:00 to 06:00.',
    })
  })

  it('names the tariffs of a list, and refuses one that is not valid with findings', async () => {
    const { out } = await explain([plain, { ...plain, id: 'OTHER' }])
    expect(out).toMatch(/^NEW\n[\s\S]*\n\nOTHER\n/)
    const wrong = await explain({ ...plain, elements: [] }, '--version', '2.3.0')
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('/elements')
  })
})
