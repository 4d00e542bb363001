import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from './testing/run-cli.js'

const register = fileURLToPath(new URL('../../../data/berlin/berlin-stations.csv', import.meta.url))
const token = {
  country_code: 'NL',
  party_id: 'IWM',
  uid: '04A2B3C4D5E6F7',
  type: 'RFID',
  contract_id: 'NL-IWM-C00000001-1',
  issuer: 'Interwatt Mobility',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: '2026-05-01T12:00:00Z',
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('interwatt --help', () => {
  it('names every command that works and none that is not built', async () => {
    const { code, out } = await runCli(['--help'])
    expect(code).toBe(0)
    for (const name of [
      'demo',
      'serve',
      'party',
      'partner',
      'import',
      'validate',
      'convert',
      'price',
      'quote',
      'lint',
      'explain',
      'schema',
    ])
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    expect(out).not.toMatch(/^ {2}(check|pull|simulate)\b/m)
  })

  it.each([
    [['demo']],
    [['serve']],
    [['party', 'host']],
    [['party', 'list']],
    [['partner', 'invite']],
    [['partner', 'register']],
    [['partner', 'list']],
    [['partner', 'show']],
    [['partner', 'rotate']],
    [['partner', 'remove']],
    [['import', 'bnetza']],
    [['validate']],
    [['convert']],
    [['quote']],
    [['price']],
    [['lint', 'tariff']],
    [['explain', 'tariff']],
    [['schema']],
  ])('%j has examples', async (command) => {
    const { code, out } = await runCli([...command, '--help'])
    expect(code).toBe(0)
    expect(out).toContain(`$ interwatt ${command.join(' ')}`)
  })

  it('prints the version', async () => {
    expect((await runCli(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('wrong usage ends with 2', () => {
  it.each([
    [[]],
    [['chekc']],
    [['validate', '-']],
    [['validate', '--as', 'Locaton', '-']],
    [['convert', '--as', 'Location', '--from', '2.3.0', '-']],
    [['convert', '--as', 'GeoLocation', '--from', '2.3.0', '--to', '2.2.1', '-']],
    [['price']],
    [['price', '--cdr', '-', '--policy', 'rounding=line']],
    [['price', '--cdr', '-', '--policy', 'rounding_point=never']],
    [['price', '--cdr', '-', '--time-zone', 'Berlin']],
    [['price', '--cdr', '-', '--version', '1.0']],
    [['price', '--cdr', 'no-such-file.json']],
    [['price', '--cdr', '-']],
    [['price', '--cdr', '-', '--tariff', '-']],
    [['lint']],
    [['lint', 'tariff']],
    [['lint', 'tariff', '-', '--pack', 'gdpr']],
    [['lint', 'tariff', '-', '--max-power', '-3']],
    [['lint', 'tariff', '-', '--country', 'Germany']],
    [['lint', 'tariff', '-', '--time-zone', 'Berlin']],
    [['lint', 'tariff', '-', '--rehearse', '-']],
    [['explain', 'tariff', '-', '--lang', 'xx']],
    [['schema', '--version', '9.9']],
    [['schema', 'Nothing']],
    [['partner', 'invite', '--name', 'X', '--role', 'HUB', '--key', 'k']],
    [['partner', 'invite', '--name', 'X', '--party', 'D', '--key', 'k']],
    [['demo', '--sessions', 'none']],
    [['import', 'bnetza', 'x.csv', '--party', 'nobody', '--dry-run']],
    [['partner', 'list']],
    [['partner', 'list', '--key', 'k', '--url', 'nowhere']],
    [['partner', 'register', '--name', 'X', '--versions-url', 'https://x.example', '--key', 'k']],
  ])('%j', async (args) => {
    const { code, out, err } = await runCli(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toBe('')
  })

  it('guesses what was meant', async () => {
    expect((await runCli(['schema', 'Locaton'])).err).toContain('Did you mean Location?')
  })

  it('reports every mistake in the settings at once', async () => {
    const { code, err } = await runCli(['serve', '--port', 'abc'], { environment: { ROLE: 'boss' } })
    expect(code).toBe(2)
    expect(err).toContain('PORT is "abc"')
    expect(err).toContain('ROLE is "boss"')
  })
})

it('says what to do when the data folder cannot be used', async () => {
  const taken = join(folder, 'a-file')
  await writeFile(taken, '')
  for (const command of ['demo', 'serve']) {
    const { code, err } = await runCli([command, '--data-dir', join(taken, 'inside')])
    expect(code).toBe(1)
    expect(err).toContain('DATA_DIR')
    expect(err).not.toContain('mistake of Interwatt')
  }
})

describe('interwatt schema', () => {
  it('lists objects and enumerations of a version', async () => {
    const { out } = await runCli(['schema', '--version', '2.2.1', '--json'])
    const listed: unknown = JSON.parse(out)
    expect(listed).toMatchObject({
      version: '2.2.1',
      objects: expect.arrayContaining(['Location', 'StartSession']),
      enumerations: expect.arrayContaining(['TokenType']),
    })
    expect(listed).not.toMatchObject({ objects: expect.arrayContaining(['Parking']) })
  })

  it('knows 2.1.1, which has other objects', async () => {
    const listed: unknown = JSON.parse((await runCli(['schema', '--version', '2.1.1', '--json'])).out)
    expect(listed).toMatchObject({ objects: expect.arrayContaining(['Location', 'CommandResponse']) })
    expect(listed).not.toMatchObject({ objects: expect.arrayContaining(['CdrToken']) })
    const schema: unknown = JSON.parse((await runCli(['schema', 'Connector', '--version', '2.1.1'])).out)
    expect(schema).toMatchObject({ $defs: { Connector: { required: expect.arrayContaining(['voltage']) } } })
    const validate = ['validate', '--as', 'Token', '--version', '2.1.1', '--json', '-']
    const judged = await runCli(validate, { input: JSON.stringify(token) })
    expect(JSON.parse(judged.out)).toMatchObject({
      valid: false,
      findings: [expect.objectContaining({ pointer: '/auth_id', code: 'missing' })],
    })
  })

  it.each([
    ['SetChargingProfile', ['charging_profile', 'response_url']],
    ['active_charging_profile', ['start_date_time', 'charging_profile']],
    ['ClientInfo', ['party_id', 'country_code', 'role', 'status', 'last_updated']],
  ])('prints %s in both versions, and what it needs', async (name, required) => {
    for (const version of ['2.2.1', '2.3.0']) {
      const { code, out } = await runCli(['schema', name, '--version', version])
      expect(code).toBe(0)
      const { $ref, $defs } = JSON.parse(out) as {
        $ref: string
        $defs: Record<string, { required: string[] }>
      }
      expect($defs[$ref.split('/').at(-1) ?? '']?.required).toEqual(required)
    }
  })

  it('prints the JSON Schema of an object, whatever the case of its name', async () => {
    const { code, out } = await runCli(['schema', 'LOCATION'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $ref: '#/$defs/Location',
    })
  })
})

describe('interwatt validate', () => {
  it('ends with 0 for a document without errors', async () => {
    const { code, out } = await runCli(['validate', '--as', 'token', '-'], { input: JSON.stringify(token) })
    expect({ code, out }).toEqual({ code: 0, out: 'valid: Token of OCPI 2.3.0, 0 errors, 0 warnings\n' })
  })

  it('ends with 1 and shows pointer, code, message and rule of every finding', async () => {
    const { uid: _uid, ...rest } = token
    const file = join(folder, 'tokens.json')
    await writeFile(file, JSON.stringify([token, { ...rest, valid: 'yes' }]))
    const { code, out } = await runCli(['validate', '--as', 'Token', '--version', '2.2.1', '--json', file])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      version: '2.2.1',
      documents: 2,
      errors: 2,
      findings: expect.arrayContaining([
        {
          pointer: '/1/uid',
          code: 'missing',
          message: expect.stringContaining('uid'),
          rule: expect.stringMatching(/./),
          severity: 'error',
        },
        expect.objectContaining({ pointer: '/1/valid', code: 'wrong_type' }),
      ]),
    })
  })

  it('tolerates on receipt what --strict refuses', async () => {
    const input = JSON.stringify({ ...token, language: 'de-DE' })
    const tolerant = await runCli(['validate', '--as', 'Token', '--json', '-'], { input })
    expect(JSON.parse(tolerant.out)).toMatchObject({ valid: true, warnings: 1 })
    const strict = await runCli(['validate', '--as', 'Token', '--strict', '--json', '-'], { input })
    expect(strict.code).toBe(1)
    expect(JSON.parse(strict.out)).toMatchObject({ errors: 1, findings: [{ pointer: '/language' }] })
  })

  it('checks only the given fields of a PATCH', async () => {
    const input = JSON.stringify({ valid: false, last_updated: '2026-05-01T12:00:00Z' })
    expect((await runCli(['validate', '--as', 'Token', '--patch', '-'], { input })).code).toBe(0)
    expect((await runCli(['validate', '--as', 'Token', '-'], { input })).code).toBe(1)
  })

  it('says that a text is no JSON, and that a file is not there', async () => {
    expect(await runCli(['validate', '--as', 'Token', '-'], { input: '{' })).toMatchObject({
      code: 1,
      out: expect.stringContaining('not valid JSON'),
    })
    const missing = await runCli(['validate', '--as', 'Token', join(folder, 'no.json'), '--json'])
    expect(missing.code).toBe(1)
    expect(JSON.parse(missing.err)).toMatchObject({
      error: { message: expect.stringContaining('does not exist') },
    })
  })
})

describe('interwatt convert', () => {
  const tariff = {
    country_code: 'DE',
    party_id: 'ABC',
    id: 'T1',
    currency: 'EUR',
    elements: [{ price_components: [{ type: 'ENERGY', price: 0.45, vat: 19, step_size: 1 }] }],
    tax_included: 'N/A',
    last_updated: '2026-05-01T12:00:00Z',
  }
  const down = ['convert', '--as', 'Tariff', '--from', '2.3.0', '--to', '2.2.1']

  it('prints the document in the other version, and what is lost on standard error', async () => {
    const { code, out, err } = await runCli([...down, '-'], { input: JSON.stringify(tariff) })
    const { tax_included: _tax, ...older } = tariff
    const untaxed = { price_components: [{ type: 'ENERGY', price: 0.45, step_size: 1 }] }
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({ ...older, elements: [untaxed] })
    expect(err).toMatch(/^changed {2}\/tax_included {2}/m)
    expect(err).toMatch(/^lost {5}\/elements\/0\/price_components\/0\/vat {2}/m)
    expect(err).toContain('1 document of 1 in OCPI 2.2.1')
  })

  it('prints documents and losses for programs with --json', async () => {
    const args = ['convert', '--as', 'token', '--from', '2.3.0', '--to', '2.2.1', '--json', '-']
    const { code, out } = await runCli(args, { input: JSON.stringify([token, token]) })
    expect(code).toBe(0)
    const same = { document: token, withheld: null, losses: [], findings: [] }
    expect(JSON.parse(out)).toEqual({ object: 'token', from: '2.3.0', to: '2.2.1', documents: [same, same] })
  })

  it('ends with 1 and gives nothing of what would be sent wrong', async () => {
    const elements = [{ price_components: [{ type: 'FLAT', price: 1.19, step_size: 1 }] }]
    const taxed = { ...tariff, elements, tax_included: 'YES' }
    const { code, out, err } = await runCli([...down, '-'], { input: JSON.stringify([taxed, tariff]) })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toHaveLength(1)
    expect(err).toMatch(/^withheld {2}OCPI 2\.2\.1 cannot hold it: /m)
  })

  it('ends with 1 and names what is wrong with a document that is not valid', async () => {
    const { elements: _gone, ...broken } = tariff
    const { code, out, err } = await runCli([...down, '-'], { input: JSON.stringify(broken) })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('/elements')
    expect(await runCli([...down, '-'], { input: '{' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('not JSON'),
    })
  })

  it('takes the owner that 2.1.1 leaves to the URL from --party, and asks for it', async () => {
    const { country_code: _country, party_id: _party, tax_included: _tax, ...rest } = tariff
    const component = { type: 'ENERGY', price: 0.45, step_size: 1 }
    const input = JSON.stringify({ ...rest, elements: [{ price_components: [component] }] })
    const args = ['convert', '--as', 'Tariff', '--from', '2.1.1', '--to', '2.3.0', '-']
    const named = await runCli([...args, '--party', 'DE*ABC'], { input })
    expect(named.code).toBe(0)
    expect(JSON.parse(named.out)).toMatchObject({ country_code: 'DE', party_id: 'ABC', id: 'T1' })
    const unnamed = await runCli(args, { input })
    expect(unnamed).toMatchObject({ code: 1, err: expect.stringContaining('--party DE*ABC') })
  })

  it('converts the body of a PATCH', async () => {
    const args = ['convert', '--as', 'Session', '--from', '2.3.0', '--to', '2.2.1', '--patch', '-']
    const input = { total_cost: { before_taxes: 1, taxes: [] }, last_updated: '2026-05-01T12:00:00Z' }
    const { out } = await runCli(args, { input: JSON.stringify(input) })
    expect(JSON.parse(out)).toMatchObject({ total_cost: { excl_vat: 1 } })
  })
})

describe('interwatt import bnetza', () => {
  it('reads and reports without a node with --dry-run', async () => {
    const report = join(folder, 'notes.json')
    const args = [
      'import',
      'bnetza',
      register,
      '--party',
      'DE*ABC',
      '--dry-run',
      '--json',
      '--report',
      report,
    ]
    const { code, out } = await runCli(args)
    expect(code).toBe(0)
    const result = JSON.parse(out)
    expect(result).toMatchObject({ dry_run: true, summary: { rows: 400, skipped: 0 } })
    expect(result.summary.locations).toBeGreaterThan(250)
    expect(JSON.parse(await readFile(report, 'utf8')).rows[0]).toHaveProperty('code')
  })

  it('writes the report as CSV for a name that ends so', async () => {
    const report = join(folder, 'notes.csv')
    await runCli(['import', 'bnetza', register, '--party', 'DE*ABC', '--dry-run', '--report', report])
    expect(await readFile(report, 'utf8')).toMatch(/^\uFEFFline;id;column;severity;code;effect;raw;done\n/)
  })

  it('ends with 1 for a file that is no register', async () => {
    const args = ['import', 'bnetza', '-', '--party', 'DE*ABC', '--dry-run']
    expect(await runCli(args, { input: 'a;b\n1;2\n' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('became a location'),
    })
  })
})
