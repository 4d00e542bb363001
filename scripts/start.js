// `npm start`: builds what is missing, then runs the demonstration. Options go through: npm start -- --sessions 3 --exit
import { isSupportedNode } from '../apps/cli/bin/node-version.js'
import { buildWhenStale } from './build-when-stale.js'

if (isSupportedNode() && (await buildWhenStale())) {
  process.argv.splice(2, 0, 'demo')
  await import('../apps/cli/bin/interwatt.js')
} else {
  process.exitCode = 1
}
