// Every figure of docs/performance.md in one run: `npm run bench`. Name some to run only those: `npm run bench -- node store`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ALL = [
  'validate',
  'lens',
  'pricing',
  'server',
  'client',
  'store',
  'sync',
  'node',
  'conversation',
  'map',
]
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !ALL.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${ALL.join(', ')}.`)
  process.exit(2)
}
let failed = 0
for (const name of wanted.length > 0 ? wanted : ALL) {
  console.log(`\n== ${name}`)
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`./${name}.js`, import.meta.url))], {
    stdio: 'inherit',
  })
  if (status !== 0) {
    failed += 1
    console.error(`${name} ended with ${status ?? 'a signal'}`)
  }
}
process.exit(failed === 0 ? 0 : 1)
