/**
 * What it costs to take a location from one version to another, as a ratio to JSON.parse of the same text.
 * Run after `npx tsc -b packages/protocol`: `node bench/lens.js`.
 */
import { checkDocument, convert, lift, lower, ocpi221 } from '../packages/protocol/dist/index.js'
import { location } from './support/location.js'
import { CALLS, microseconds, ROUNDS } from './support/microseconds.js'

const findings = checkDocument(ocpi221.Location, location, 'whole')
if (findings.some(({ severity }) => severity === 'error'))
  throw new Error(`the location is not valid in 2.2.1: ${JSON.stringify(findings)}`)

const text = JSON.stringify(location)
const up = () => lift('location', '2.2.1', location, 'whole')
const stored = up()
const owner = { countryCode: location.country_code, partyId: location.party_id }
const older = lower('location', '2.1.1', stored.document, 'whole', undefined, { owner })
if (older.kind !== 'document') throw new Error(`withheld: ${older.reason}`)

const ceiling = microseconds(() => JSON.parse(text))
const results = {
  'JSON.parse': ceiling,
  '2.2.1 -> 2.3.0, as received': microseconds(up),
  '2.3.0 -> 2.2.1, as sent': microseconds(() =>
    lower('location', '2.2.1', stored.document, 'whole', stored.unmapped ?? undefined),
  ),
  '2.3.0 -> 2.1.1, as sent': microseconds(() =>
    lower('location', '2.1.1', stored.document, 'whole', undefined, { owner }),
  ),
  '2.1.1 -> 2.3.0, as received': microseconds(() =>
    lift('location', '2.1.1', older.document, 'whole', { owner }),
  ),
  '2.2.1 -> 2.1.1 and -> 2.3.0': microseconds(() => {
    const { document } = up()
    lower('location', '2.1.1', document, 'whole', undefined, { owner })
  }),
  'convert 2.2.1 -> 2.1.1': microseconds(() => convert('location', '2.2.1', '2.1.1', location, 'whole')),
}

console.log(
  `Location of ${location.evses.length} EVSEs, ${Buffer.byteLength(text)} bytes, ${older.losses.length} losses in 2.1.1, ` +
    `best of ${ROUNDS} rounds of ${CALLS} calls`,
)
for (const [name, us] of Object.entries(results))
  console.log(`${name.padEnd(30)}${us.toFixed(1).padStart(8)} µs  ${(us / ceiling).toFixed(2)} x JSON.parse`)
