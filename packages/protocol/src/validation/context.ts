import type { Finding, FindingCode } from './finding.js'

/** At most this many findings are kept of each severity, and reported in all. */
const MAX_FINDINGS = 100

/** Reported already; the value is not usable. */
export const FAILED = Symbol('failed')
/** Reported already; the value counts as not given. */
export const ABSENT = Symbol('absent')

export type Key = string | number

/** State of one reading; lives as long as one call. */
export interface Context {
  /** For sending: what is tolerated on receipt is an error. */
  readonly strict: boolean
  /** Free texts that are too long are cut instead of refused: agreed with this sender. */
  readonly cutsLongTexts: boolean
  readonly basePointer: string
  /** Keys of the containers around the value being read. */
  readonly path: Key[]
  readonly errors: Finding[]
  readonly warnings: Finding[]
  errorCount: number
}

/** Reads one value: gives it back unchanged, gives a repaired one, or FAILED or ABSENT. */
export type Reader = (value: unknown, context: Context, key: Key) => unknown

export const newContext = (strict: boolean, basePointer: string, cutsLongTexts = false): Context => ({
  strict,
  cutsLongTexts,
  basePointer,
  path: [],
  errors: [],
  warnings: [],
  errorCount: 0,
})

const escapeKey = (key: Key): string =>
  typeof key === 'number' ? String(key) : key.replaceAll('~', '~0').replaceAll('/', '~1')

/** JSON Pointer to `key` below the containers of the context; the empty key of a root value adds nothing. */
const pointerTo = (context: Context, key: Key, below: string): string => {
  let pointer = context.basePointer
  for (const part of context.path) pointer += `/${escapeKey(part)}`
  if (key !== ROOT) pointer += `/${escapeKey(key)}`
  return pointer + below
}

/** Key of the document itself; no OCPI field has an empty name. */
export const ROOT = ''

/** `id`, or `item 3` of a list, for messages. */
export const nameOf = (key: Key): string =>
  typeof key === 'number' ? `item ${key}` : key === ROOT ? 'the document' : key

interface Deviation {
  readonly code: FindingCode
  readonly message: string
  readonly rule: string
  /** JSON Pointer relative to the key. */
  readonly below?: string
}

/** Records an error and answers FAILED. */
export const fail = (context: Context, key: Key, deviation: Deviation): typeof FAILED => {
  context.errorCount++
  if (context.errors.length < MAX_FINDINGS) context.errors.push(findingOf(context, key, deviation, 'error'))
  return FAILED
}

export const warn = (context: Context, key: Key, deviation: Deviation): void => {
  if (context.warnings.length >= MAX_FINDINGS) return
  context.warnings.push(findingOf(context, key, deviation, 'warning'))
}

/** Records what is tolerated on receipt: a warning there, an error on sending. */
export const deviate = (context: Context, key: Key, deviation: Deviation): void => {
  if (context.strict) fail(context, key, deviation)
  else warn(context, key, deviation)
}

/** As `deviate`, for a value that was changed: the warning says `repaired`, the error says what was wrong. */
export const repaired = (context: Context, key: Key, deviation: Deviation): void => {
  deviate(context, key, context.strict ? deviation : { ...deviation, code: 'repaired' })
}

const findingOf = (
  context: Context,
  key: Key,
  { code, message, rule, below = '' }: Deviation,
  severity: Finding['severity'],
): Finding => ({ pointer: pointerTo(context, key, below), code, message, rule, severity })

/** Stands for a value that is not shown. */
const HIDDEN = '(hidden)'

/** The findings from a position on say nothing of the value they are about. */
export const hideValues = (findings: Finding[], from: number): void => {
  for (const [index, finding] of findings.entries())
    if (index >= from) findings[index] = { ...finding, example: HIDDEN }
}

/** Errors first, then warnings, at most `MAX_FINDINGS`. */
export const findingsOf = (context: Context): Finding[] =>
  context.warnings.length === 0
    ? context.errors
    : [...context.errors, ...context.warnings].slice(0, MAX_FINDINGS)
