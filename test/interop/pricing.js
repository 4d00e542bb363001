/**
 * Prices thousands of random sessions with the engine of this project and with independent ones, and explains every difference:
 * `npx tsc -b && node test/interop/pricing.js [--pairs 5000] [--seed 1] [ocpi-tariffs|ocpi-kit]`. Ends with 1 when a difference is
 * explained by nothing.
 */

import { parseArgs } from 'node:util'
import { explain, readAnswer } from './pricing/compare.js'
import { ask, build, engines } from './pricing/engines.js'
import { pairFrom } from './pricing/generate.js'
import { price } from './pricing/ours.js'
import { randomFrom } from './pricing/random.js'
import { runVectors } from './pricing/vectors.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
})
const SHOWN = 5

const run = (folder, engine) => {
  const program = build(folder, engine.program)
  const random = randomFrom(Number(values.seed))
  const pairs = Array.from({ length: Number(values.pairs) }, () => pairFrom(random, engine.features))
  const answers = ask(program, pairs.map(engine.line)).map(readAnswer)
  const counts = new Map()
  const unexplained = []
  let agreed = 0
  for (const [index, pair] of pairs.entries()) {
    const theirs = answers[index]
    const chosen = theirs.error === undefined ? explain(engine, pair, theirs) : undefined
    if (chosen === undefined) unexplained.push({ index, pair, theirs })
    else if (chosen.length === 0) agreed += 1
    else for (const { name } of chosen) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  console.log(`\n${engine.name}: ${pairs.length} pairs, seed ${values.seed}; ${agreed} agree as they are,`)
  console.log(
    `${pairs.length - agreed - unexplained.length} by what follows (some by several), ${unexplained.length} unexplained`,
  )
  for (const { name, sort, why } of engine.explanations)
    console.log(`${String(counts.get(name) ?? 0).padStart(6)}  ${sort.padEnd(10)}${name}: ${why}`)
  for (const { index, pair, theirs } of unexplained.slice(0, SHOWN))
    console.log(`unexplained ${index}: ${JSON.stringify({ theirs, ours: price(pair), ...pair })}`)
  return unexplained.length
}

let failed = 0
for (const [folder, engine] of Object.entries(engines))
  if (positionals.length === 0 || positionals.includes(folder)) failed += run(folder, engine)
if (positionals.length === 0 || positionals.includes('ocpi-tariffs')) failed += runVectors()
process.exitCode = failed === 0 ? 0 : 1
