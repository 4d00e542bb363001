// `npm run test:crash -- [--kills N] [--seed S] [--keep]`: kills nodes and databases under load and looks for what is
// lost, doubled or different afterwards. What it checks and how to read it: docs/resilience.md.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CrashNode, freePort } from './crash-node.js'
import { crashTest } from './crash-test.js'
import { checkJudge } from './judge-check.js'
import { planKills } from './kill-plan.js'
import { createRandom } from './random.js'
import { printAccount, printPlan, say } from './report.js'
import { Witness } from './witness.js'

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '50' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      keep: { type: 'boolean', default: false },
    },
  })
  const kills = Number(values.kills)
  const seed = Number(values.seed)
  if (!Number.isInteger(kills) || kills < 0 || kills > 1_000) throw new Error('--kills takes 0 to 1000.')
  if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed takes a whole number.')
  return { kills, seed, keep: values.keep }
}

const options = readOptions()
await checkJudge(await freePort())
const random = createRandom(options.seed)
const plan = planKills(options.kills, random)
const folder = await mkdtemp(join(tmpdir(), 'interwatt-crash-'))
printPlan(options, plan, folder)

const cpo = await CrashNode.create('cpo', folder)
const emsp = await CrashNode.create('emsp', folder)
const witness = new Witness(random)
await witness.start(await freePort())

let sound = false
const stopAll = () => Promise.allSettled([cpo.stop(), emsp.stop(), witness.stop()])
process.once('SIGINT', () => stopAll().then(() => process.exit(130)))
process.once('SIGTERM', () => stopAll().then(() => process.exit(143)))
try {
  const account = await crashTest({ cpo, emsp, witness, random, plan })
  sound = printAccount(account, options)
} catch (error) {
  say(`FAILED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
} finally {
  await stopAll()
  if (sound && !options.keep) await rm(folder, { recursive: true, force: true })
  else say(`Data folders and logs are kept in ${folder}`)
}
process.exit(sound ? 0 : 1)
