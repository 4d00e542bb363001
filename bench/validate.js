/**
 * How long reading and checking a document takes, as a ratio to JSON.parse of the same text: the cost nobody can avoid.
 * Run after `npx tsc -b packages/protocol`: `node bench/validate.js`.
 */
import {
  checkDocument,
  jsonText,
  ocpi230,
  parseDocument,
  parseJson,
} from '../packages/protocol/dist/index.js'
import { location } from './support/location.js'
import { CALLS, microseconds, ROUNDS } from './support/microseconds.js'

const text = JSON.stringify(location)
const document = JSON.parse(text)
const read = parseDocument(ocpi230.Location, document, 'whole')
if (!read.ok || read.findings.length > 0)
  throw new Error(`the location is not valid: ${JSON.stringify(read.findings)}`)

const ceiling = microseconds(() => JSON.parse(text))
const results = {
  'JSON.parse': ceiling,
  parseJson: microseconds(() => parseJson(text)),
  parseDocument: microseconds(() => parseDocument(ocpi230.Location, document, 'whole')),
  checkDocument: microseconds(() => checkDocument(ocpi230.Location, document, 'whole')),
  'JSON.stringify': microseconds(() => JSON.stringify(document)),
  jsonText: microseconds(() => jsonText(document)),
}

console.log(
  `Location of ${location.evses.length} EVSEs, ${Buffer.byteLength(text)} bytes, best of ${ROUNDS} rounds of ${CALLS} calls`,
)
for (const [name, us] of Object.entries(results))
  console.log(`${name.padEnd(16)}${us.toFixed(1).padStart(8)} µs  ${(us / ceiling).toFixed(2)} × JSON.parse`)
