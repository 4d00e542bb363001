import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lift } from '@interwatt/protocol'
import { readAnswer } from './compare.js'
import { ask, build, engines } from './engines.js'
import { price } from './ours.js'

/**
 * The documents ocpi-tariffs is tested with, as they lie in its package; read where the registry put them, kept nowhere. CDRs:
 * ours and the peer's total have to agree to the cent. Tariffs of the market with what a drive to them should cost: ours, cut
 * where prices change, has to agree within the tolerance that is stated.
 */

const here = fileURLToPath(new URL('.', import.meta.url))

const packageFolder = () => {
  // Only what was downloaded for the build of this machine.
  const [, host] = /^host: (.+)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' })) ?? []
  const args = ['metadata', '--format-version', '1', '--offline', '--filter-platform', host]
  const text = execFileSync('cargo', args, { cwd: join(here, 'ocpi-tariffs'), maxBuffer: 1 << 28 })
  const found = JSON.parse(text).packages.find(({ name }) => name === 'ocpi-tariffs')
  return dirname(found.manifest_path)
}

/** Some of its documents have lines of comments; null is read as absent, as the tolerant reader of a node does. */
const read = (file) =>
  JSON.parse(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => !line.trimStart().startsWith('//'))
      .join('\n'),
    (_, value) => value ?? undefined,
  )

const VERSIONS = { v211: '2.1.1', v221: '2.2.1' }
const ZONES = { NLD: 'Europe/Amsterdam', BEL: 'Europe/Brussels', ITA: 'Europe/Rome', DEU: 'Europe/Berlin' }

const lifted = (version, tariff) => {
  const { document } = lift('tariff', version, tariff, 'whole', {
    owner: { countryCode: 'NL', partyId: 'CPO' },
  })
  return document
}

const caseOf = (root, file) => {
  const folder = dirname(file)
  const name = relative(join(root, 'test_data'), file)
    .replace('/real_world', '')
    .replace(/(\/cdr)?\.json$/, '')
  const version = VERSIONS[name.split('/')[0]]
  const cdr = read(file)
  const beside = join(folder, 'tariff.json')
  const tariffs = existsSync(beside) ? [read(beside)] : cdr.tariffs
  const location = cdr.cdr_location ?? cdr.location ?? {}
  const zone = location.time_zone ?? ZONES[location.country]
  return {
    name,
    stated: typeof cdr.total_cost === 'number' ? { excl_vat: cdr.total_cost } : cdr.total_cost,
    credit: cdr.credit === true,
    line: `${zone}\t${version}\t${JSON.stringify({ ...cdr, tariffs })}`,
    pair: {
      tariff: lifted(version, tariffs[0]),
      session: {
        ...cdr,
        end_date_time: cdr.end_date_time ?? cdr.stop_date_time,
        time_zone: zone,
        session_id: 'S1',
      },
    },
    version,
  }
}

const cents = (value) => Math.round(Number(value) * 100 + 1e-6) / 100

const documents = (root, pattern) =>
  readdirSync(join(root, 'test_data'), { recursive: true })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(root, 'test_data', name))

const runCdrs = (root) => {
  const files = documents(root, /^v2\d\d\/real_world\/[^/]+\/cdr[^/]*\.json$/)
  const cases = files.map((file) => caseOf(root, file))
  const program = build('ocpi-tariffs', engines['ocpi-tariffs'].program)
  const answers = ask(
    program,
    cases.map(({ line }) => line),
  ).map(readAnswer)
  let apart = 0
  let failed = 0
  for (const [index, { name, stated, credit, pair, version }] of cases.entries()) {
    const sign = credit ? -1 : 1
    const ours = cents(price(pair, {}, version).net)
    const peer = sign * cents(answers[index].net ?? 0)
    const document = sign * cents(stated.excl_vat)
    if (ours !== peer) {
      failed += 1
      console.log(`${name}: ours ${ours}, the peer's ${peer}`)
    } else if (Math.abs(ours - document) > 0.0101) {
      apart += 1
      console.log(`        ${name}: both ${ours}, the CDR itself ${document}`)
    }
  }
  console.log(
    `${cases.length - failed} of ${cases.length} of its CDRs agree to the cent, ${apart} of them apart from what the CDR states`,
  )
  return failed
}

const instant = (text) => new Date(text.replace(' ', 'T'))
const seconds = (date) => `${date.toISOString().slice(0, 19)}Z`

/** Charged at full power until the energy asked for is in, then parked. */
const driveOf = ({ timezone, start_date_time, end_date_time, max_power_supply_kw, requested_kwh }) => {
  const [start, end] = [instant(start_date_time), instant(end_date_time)]
  const fullMs = (requested_kwh / max_power_supply_kw) * 3_600_000
  const chargedMs = Math.min(end - start, Math.round(fullMs / 1000) * 1000)
  const kwh = Math.round((chargedMs / 3_600_000) * max_power_supply_kw * 10_000) / 10_000
  const hours = (ms) => Math.round((ms / 3_600_000) * 10_000) / 10_000
  const period = (from, dimensions) => ({ start_date_time: seconds(from), dimensions })
  const parkedMs = end - start - chargedMs
  return {
    start_date_time: seconds(start),
    end_date_time: seconds(end),
    time_zone: timezone,
    session_id: 'S1',
    charging_periods: [
      period(start, [
        { type: 'ENERGY', volume: kwh },
        { type: 'TIME', volume: hours(chargedMs) },
        { type: 'MAX_POWER', volume: max_power_supply_kw },
      ]),
      ...(parkedMs > 0
        ? [period(new Date(start.getTime() + chargedMs), [{ type: 'PARKING_TIME', volume: hours(parkedMs) }])]
        : []),
    ],
  }
}

/** Two of the tariffs state their maximum as a bare number, which 2.2.1 does not know. */
const spelt = (tariff) =>
  typeof tariff.max_price === 'number' ? { ...tariff, max_price: { excl_vat: tariff.max_price } } : tariff

const runMarket = (root) => {
  const files = documents(root, /^popular\/[^/]+\/test_run_[^/]+\.json$/)
  let failed = 0
  for (const file of files) {
    const { input, expect } = read(file)
    const tariff = lifted('2.2.1', spelt(read(join(dirname(file), 'tariff.json'))))
    const { value, tolerance } = expect.total_cost ?? { value: { excl_vat: 0 }, tolerance: 0 }
    const ours = price({ tariff, session: driveOf(input) }, { borders: 'cut', time_step: 'parking' })
    if (Math.abs(Number(ours.net) - value.excl_vat) <= tolerance) continue
    failed += 1
    console.log(`${relative(root, file)}: ours ${ours.net}, expected ${value.excl_vat} (± ${tolerance})`)
  }
  console.log(
    `${files.length - failed} of ${files.length} drives to its tariffs of the market cost what it expects`,
  )
  return failed
}

/** Compares all and tells how many differ. */
export const runVectors = () => {
  const root = packageFolder()
  console.log('\nocpi-tariffs, its own documents')
  return runCdrs(root) + runMarket(root)
}
