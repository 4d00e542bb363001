import { enumNames, type NamedSchema, objectNames, schemaOf, type VersionId } from '@interwatt/protocol'
import { Failure } from '../failure.js'

/** Edits that turn one text into the other, counted up to the length of the longer one. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const closest = (name: string, known: readonly string[]): string | undefined => {
  const wanted = name.slice(0, 60).toLowerCase()
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const [best] = ranked
  return best !== undefined && best.edits <= 3 ? best.candidate : undefined
}

/** The schema of an object or enumeration; throws Failure that names the closest one when there is none. */
export const knownSchema = (version: VersionId, name: string): NamedSchema => {
  const schema = schemaOf(version, name)
  if (schema !== undefined) return schema
  const guess = closest(name, [...objectNames(version), ...enumNames(version)])
  throw new Failure(`OCPI ${version} has no object named ${name.slice(0, 60)}.`, {
    hint:
      guess === undefined
        ? `"interwatt schema --version ${version}" lists what there is.`
        : `Did you mean ${guess}? "interwatt schema --version ${version}" lists what there is.`,
    exitCode: 2,
  })
}
