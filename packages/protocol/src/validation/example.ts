import { isJsonObject } from '../json/json-object.js'
import type { Finding } from './finding.js'

const EXAMPLE_LENGTH = 100

const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~')

const valueAt = (document: unknown, pointer: string): unknown => {
  let value = document
  for (const segment of pointer.split('/').slice(1)) {
    const key = unescaped(segment)
    if (Array.isArray(value)) value = value[Number(key)]
    else if (isJsonObject(value) && Object.hasOwn(value, key)) value = value[key]
    else return undefined
  }
  return value
}

/**
 * The same findings, each with the value it is about as JSON text of at most 100 characters; none where the value is missing, a
 * container, or of a field whose values are not shown.
 */
export const withExamples = (findings: readonly Finding[], document: unknown): readonly Finding[] =>
  findings.map((finding) => {
    if (finding.example !== undefined) return finding
    const value = valueAt(document, finding.pointer)
    if (value === undefined || (typeof value === 'object' && value !== null)) return finding
    return { ...finding, example: JSON.stringify(value).slice(0, EXAMPLE_LENGTH) }
  })
