/**
 * Reads the examples of the specification, which are not shipped here, and says what the node makes of each: accepted, given back
 * exactly, or refused and why. Usage, after `npx tsc -b`: node test/interop/examples.js CLONE_OF_OCPI
 */
import { execFileSync } from 'node:child_process'
import { isDeepStrictEqual } from 'node:util'
import {
  documentNamed,
  lift,
  lower,
  objectNames,
  parseDocument,
  schemaOf,
} from '../../packages/protocol/dist/index.js'
import { errata } from './errata.js'

const [clone] = process.argv.slice(2)
if (clone === undefined) {
  process.stderr.write('Name a clone of the repository ocpi/ocpi.\n')
  process.exit(2)
}

const BRANCHES = [
  { branch: 'release-2.1.1-bugfixes', version: '2.1.1' },
  { branch: 'release-2.2.1-bugfixes', version: '2.2.1' },
  { branch: '2.3.0/release/core', version: '2.3.0' },
  { branch: '2.3.0/release/payments', version: '2.3.0' },
  { branch: '2.3.0/release/bookings', version: '2.3.0' },
]

const git = (...args) => execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })

/** The JSON of an example: without the request line before it; a field alone becomes an object. */
const bodyOf = (text) => {
  const body = text.replace(/^\s*(?:GET|PUT|POST|PATCH|DELETE)\b.*\n/, '').trim()
  return /^"\w+":/.test(body) ? `{${body}}` : body
}

/** The examples of a branch: files of JSON, and blocks of JSON in its chapters. */
const examplesOf = (branch) => {
  const files = git('ls-tree', '-r', '--name-only', branch).split('\n')
  const read = (file) => git('show', `${branch}:${file}`)
  const own = files.filter((file) => /^examples\/.*\.json$/.test(file))
  const chapters = files.filter((file) => /^[a-z_]+\.(md|asciidoc)$/.test(file))
  const blocks = chapters.flatMap((file) =>
    [...read(file).matchAll(/(?:```json\n|\[source,\s*json\]\n-{4}\n)([\s\S]*?)\n(?:```|-{4})/g)].map(
      ([, text], index) => ({ name: `${file}#${index + 1}`, text }),
    ),
  )
  return [...own.map((file) => ({ name: file, text: read(file) })), ...blocks]
    .filter(({ text }) => !text.includes('include::'))
    .map(({ name, text }) => ({ name, text: bodyOf(text) }))
}

const errorsIn = ({ findings }) => findings.filter(({ severity }) => severity === 'error')

/** The object that an example is best read as: the one with the fewest faults, of these the one that knows most fields. */
const readBest = (version, value) => {
  const readings = objectNames(version).flatMap((name) =>
    ['whole', 'patch'].map((form) => {
      const schema = schemaOf(version, name)
      const read = parseDocument(schema, value, form)
      const unknown = Object.keys(value).filter((field) => !Object.hasOwn(schema.fields, field)).length
      return { name, form, read, faults: errorsIn(read).length, unknown }
    }),
  )
  const rank = ({ faults, unknown, form }) => [unknown, form === 'patch' ? 1 : 0, faults]
  const before = (a, b) => rank(a).findIndex((each, index) => each !== rank(b)[index])
  return readings.sort((a, b) => {
    const at = before(a, b)
    return at === -1 ? 0 : rank(a)[at] - rank(b)[at]
  })
}

const isExact = (version, name, form, value) => {
  const document = documentNamed(name)
  if (document === undefined) return true
  const { document: canonical, unmapped } = lift(document, version, value, form)
  const back = lower(document, version, canonical, form, unmapped ?? undefined)
  return back.kind === 'document' && isDeepStrictEqual({ ...back.document }, { ...value })
}

const judge = (version, text) => {
  let value
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { kind: 'no JSON', why: error.message }
  }
  const items = Array.isArray(value) ? value : [value]
  for (const item of items.flatMap((each) => each?.data ?? each)) {
    if (typeof item !== 'object' || item === null) continue
    const readings = readBest(version, item)
    const whole = readings.find(
      ({ form, faults, unknown }) => form === 'whole' && faults === 0 && unknown === 0,
    )
    const best = whole ?? readings.find(({ faults, unknown }) => faults === 0 && unknown === 0)
    if (best === undefined) {
      const [near] = readings
      const [first] = [...errorsIn(near.read), ...near.read.findings]
      return { kind: 'refused', as: near.name, why: `${first?.pointer} ${first?.message}` }
    }
    if (!isExact(version, best.name, best.form, best.read.value))
      return { kind: 'not given back', as: best.name, why: '' }
    if (item === items.at(-1)) return { kind: 'accepted', as: best.name, form: best.form }
  }
  return { kind: 'accepted', as: 'list' }
}

let unexpected = 0
for (const { branch, version } of BRANCHES) {
  const results = examplesOf(branch).map(({ name, text }) => ({ name, ...judge(version, text) }))
  const accepted = results.filter(({ kind }) => kind === 'accepted')
  const parts = accepted.filter(({ form }) => form === 'patch')
  process.stdout.write(
    `${branch}: ${accepted.length} of ${results.length} accepted and given back exactly, ${parts.length} of them parts of an object:\n` +
      `  ${parts.map(({ name, as }) => `${name} (${as})`).join(', ')}\n`,
  )
  for (const { name, kind, as, why } of results.filter((each) => each.kind !== 'accepted')) {
    const known = errata.find((each) => each.name === name && each.versions.includes(version))
    if (known === undefined) unexpected += 1
    process.stdout.write(
      `  ${name}: ${kind}${as ? ` as ${as}` : ''}: ${why}${known ? ` (known: ${known.reason})` : ' (NOT KNOWN)'}\n`,
    )
  }
}
process.exit(unexpected === 0 ? 0 : 1)
