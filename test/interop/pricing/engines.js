import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kit } from './kit-explanations.js'
import { tandem } from './tandem-explanations.js'

const here = fileURLToPath(new URL('.', import.meta.url))
export const target = join(here, '..', '.work', 'pricing')

/** Builds a program of this folder and tells where it lies. The crates ask for a newer compiler than they need. */
export const build = (folder, program) => {
  execFileSync('cargo', ['build', '--quiet', '--release', '--ignore-rust-version'], {
    cwd: join(here, folder),
    env: { ...process.env, CARGO_TARGET_DIR: target },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 1_800_000,
  })
  return join(target, 'release', program)
}

/** One process for all lines; its answers in the same order. */
export const ask = (program, lines, args = []) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.slice(0, 2000)}`)
  return stdout.trimEnd().split('\n')
}

const price = (limit) =>
  limit && {
    excl_vat: limit.before_taxes,
    ...(limit.after_taxes === undefined ? {} : { incl_vat: limit.after_taxes }),
  }

/** The CDR of 2.2.1 that a pair makes, with the tariff as it was sent. */
export const cdrOf = ({ tariff, session }) => {
  const { tax_included: _, min_price, max_price, ...others } = tariff
  return {
    country_code: 'DE',
    party_id: 'CPO',
    id: 'CDR1',
    start_date_time: session.start_date_time,
    end_date_time: session.end_date_time,
    currency: tariff.currency,
    tariffs: [{ ...others, min_price: price(min_price), max_price: price(max_price) }],
    cdr_location: { country: 'NLD' },
    charging_periods: session.charging_periods,
    total_cost: { excl_vat: 0 },
    total_energy: 0,
    total_time: 0,
    last_updated: session.end_date_time,
  }
}

/** The independent engines: what they are asked, and why they may answer otherwise. */
export const engines = {
  'ocpi-tariffs': {
    name: 'ocpi-tariffs 0.54.0 (Rust, tandemdrive)',
    program: 'pricing-ocpi-tariffs',
    features: { reservations: false, taxIncluded: false },
    line: (pair) => `${pair.session.time_zone}\t2.2.1\t${JSON.stringify(cdrOf(pair))}`,
    ...tandem,
  },
  'ocpi-kit': {
    name: 'ocpi-kit 0.4.0 (Rust)',
    program: 'pricing-ocpi-kit',
    features: { reservations: true, taxIncluded: true },
    line: ({ tariff, session }) => JSON.stringify({ ...session, tariffs: [tariff] }),
    ...kit,
  },
}
