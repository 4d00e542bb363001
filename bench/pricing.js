/**
 * What a price costs: a typical CDR (one tariff of four elements, twelve periods) once its tariff is compiled, and 100,000
 * different ones with their explanation, beside a bare loop over the same numbers, the same work with decimal.js, and an
 * independent native engine where cargo is there. Processor time of this process alone, best of several rounds.
 * Run after `npx tsc -b packages/pricing`: `node bench/pricing.js`.
 */
import { spawnSync } from 'node:child_process'
import { compileTariffs, explain, priceSession, publish } from '../packages/pricing/dist/index.js'
import { cdr, cdr221, tariff, ZONE } from './support/cdrs.js'
import { decimalPrice } from './support/decimal-pricing.js'

const ROUNDS = 5
const CALLS = 100_000
const OTHERS = 5_000

const compiled = compileTariffs([tariff], { version: '2.2.1' })
if (compiled.kind === 'refused') throw new Error(compiled.message)

const priced = (session) => {
  const outcome = priceSession(session, compiled)
  if (outcome.kind === 'refused') throw new Error(outcome.message)
  return outcome
}

/** Microseconds of processor time of one call. */
const cpuUs = (run, calls) => {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / calls)
  }
  return best
}

let kept = 0
const each = (sessions, one) => () => {
  for (const session of sessions) kept += one(session)
}

/** Reads every number and the year of every instant: what no engine can leave out. */
const bare = ({ charging_periods }) => {
  let sum = 0
  for (const { start_date_time, dimensions } of charging_periods) {
    sum += start_date_time.charCodeAt(3)
    for (const { volume } of dimensions) sum += volume
  }
  return sum
}

const sessions = Array.from({ length: CALLS }, (_, number) => JSON.parse(JSON.stringify(cdr(number))))
for (const session of sessions.slice(0, OTHERS)) {
  const { before_taxes, after_taxes } = publish(priced(session)).total
  const other = decimalPrice(session, tariff)
  if (before_taxes !== other.before_taxes || after_taxes !== other.after_taxes)
    throw new Error(`${session.session_id}: ${before_taxes} and ${other.before_taxes} differ`)
}

const [one] = sessions
const again = Array.from({ length: CALLS }, () => one)
const some = sessions.slice(0, OTHERS)
const results = [
  ['bare loop over one CDR', cpuUs(each(again, bare), CALLS)],
  [
    'one CDR: priced',
    cpuUs(
      each(again, (session) => priced(session).lines.length),
      CALLS,
    ),
  ],
  [
    'one CDR: priced and published',
    cpuUs(
      each(again, (session) => publish(priced(session)).taxes.length),
      CALLS,
    ),
  ],
  [
    'one CDR: priced and explained',
    cpuUs(
      each(again, (session) => explain(priced(session), ZONE).lines.length),
      CALLS,
    ),
  ],
  ['bare loop over 100,000 CDRs', cpuUs(each(sessions, bare), CALLS)],
  [
    '100,000 CDRs: priced',
    cpuUs(
      each(sessions, (session) => priced(session).lines.length),
      CALLS,
    ),
  ],
  [
    '100,000 CDRs: priced and published',
    cpuUs(
      each(sessions, (session) => publish(priced(session)).taxes.length),
      CALLS,
    ),
  ],
  [
    '100,000 CDRs: priced and explained',
    cpuUs(
      each(sessions, (session) => explain(priced(session), ZONE).lines.length),
      CALLS,
    ),
  ],
  [
    'decimal.js, priced, not explained',
    cpuUs(
      each(some, (session) => decimalPrice(session, tariff).before_taxes),
      OTHERS,
    ),
  ],
  [
    'compiling the tariff',
    cpuUs(() => {
      for (let call = 0; call < OTHERS; call += 1) compileTariffs([tariff])
    }, OTHERS),
  ],
]

/** The independent engine on the same CDRs, when it can be built: `test/interop/pricing/ocpi-tariffs`. */
const native = async () => {
  if (spawnSync('cargo', ['--version']).status !== 0)
    return 'ocpi-tariffs (Rust): not measured, there is no cargo'
  const { ask, build } = await import('../test/interop/pricing/engines.js')
  const program = build('ocpi-tariffs', 'pricing-ocpi-tariffs')
  const lines = some.map((_, number) => `${ZONE}\t2.2.1\t${JSON.stringify(cdr221(number))}`)
  const [told] = ask(program, lines, ['--time', String(ROUNDS)])
  const { parseUs, priceUs } = JSON.parse(told)
  return `ocpi-tariffs (Rust): ${priceUs.toFixed(2)} µs to price a CDR it has read, ${parseUs.toFixed(1)} µs to read it with its tariff`
}

console.log(
  `CDRs of ${one.charging_periods.length} periods, tariff of ${tariff.elements.length} elements, best of ${ROUNDS} rounds`,
)
for (const [name, us] of results) console.log(`${name.padEnd(36)}${us.toFixed(2).padStart(8)} µs`)
console.log(await native())
if (kept === 0) throw new Error('nothing was measured')
