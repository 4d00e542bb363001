import type { KeptHeaders } from '@interwatt/store'
import { keptText, type Opening, openBody } from './body.rules.js'
import {
  HIDDEN,
  redactCredentials,
  redactFields,
  redactPath,
  secretsInPath,
  withoutForms,
} from './redact.rules.js'

/** Headers that are kept, of requests and answers alike; `Authorization` and cookies never are. */
const KEPT = new Set([
  'accept',
  'allow',
  'content-encoding',
  'content-type',
  'link',
  'location',
  'ocpi-from-country-code',
  'ocpi-from-party-id',
  'ocpi-to-country-code',
  'ocpi-to-party-id',
  'retry-after',
  'user-agent',
  'x-correlation-id',
  'x-limit',
  'x-request-id',
  'x-total-count',
])
const VALUE_MAX = 1000
const PATH_MAX = 2000
const ADDRESSES = new Set(['link', 'location'])

/** What was said in an exchange, as it came. */
export interface RawTexts {
  readonly isCredentials: boolean
  /** Forms of the token the exchange was made with. */
  readonly tokenForms: readonly string[]
  /** Path and query. */
  readonly path: string
  readonly request: string | undefined
  readonly response: string | Buffer | undefined
}

/** One body as it is kept. */
export interface KeptBody {
  readonly text: string | null
  readonly bytes: number
  readonly isCut: boolean
  /** Whether something was removed. */
  readonly isHidden: boolean
}

/** Both bodies without secrets, and a way to clean what stands beside them. */
export interface CleanTexts {
  readonly request: KeptBody
  readonly response: KeptBody
  /** A line of text, such as an error or a header, without secrets of this exchange. */
  line(text: string): string
}

const NO_BODY: KeptBody = { text: null, bytes: 0, isCut: false, isHidden: false }
const NOT_KEPT = '[not kept: it is not JSON, and a token may stand anywhere in it]'

interface Opened {
  readonly opening: Opening
  readonly text: string
}

/** Opens a body and removes fields that hold secrets; those go to `found`, so that they are removed elsewhere too. */
const openAndRedact = (
  body: string | Buffer | undefined,
  isCredentials: boolean,
  found: string[],
): Opened | undefined => {
  if (body === undefined || body.length === 0) return undefined
  const opening = openBody(body)
  const redacted = isCredentials ? redactCredentials(opening.text) : redactFields(opening.text)
  if (redacted === undefined) return { opening, text: NOT_KEPT }
  found.push(...redacted.found)
  return { opening, text: redacted.text }
}

const unescaped = (text: string): string => text.replaceAll('\\/', '/')

const keep = (opened: Opened | undefined, clean: (text: string) => string): KeptBody => {
  if (opened === undefined) return NO_BODY
  const { opening } = opened
  const text = clean(opened.text)
  const isHidden = text !== opening.text
  const isWhole = opened.text === NOT_KEPT
  return {
    text: isWhole ? text : keptText(text, opening),
    bytes: opening.bytes,
    isCut: opening.isCut,
    isHidden,
  }
}

/** Removes every secret from the bodies of an exchange: by its place, and wherever it is repeated. */
export const cleanTexts = (raw: RawTexts, formsOf: (secret: string) => readonly string[]): CleanTexts => {
  const found: string[] = [...secretsInPath(raw.path)]
  const request = openAndRedact(raw.request, raw.isCredentials, found)
  const response = openAndRedact(raw.response, raw.isCredentials, found)
  const forms =
    found.length === 0
      ? raw.tokenForms
      : [...raw.tokenForms, ...found.flatMap((secret) => formsOf(unescaped(secret)))]
  const line = (text: string): string => withoutForms(text, forms)
  return { request: keep(request, line), response: keep(response, line), line }
}

const valueText = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value))

/** Headers that are worth keeping, without secrets. `pairs` are names in lower case and their values. */
export const keptHeaders = (
  pairs: Iterable<readonly [string, unknown]>,
  line: CleanTexts['line'],
): KeptHeaders => {
  const kept: Record<string, string> = {}
  for (const [name, value] of pairs) {
    if (value === undefined || !KEPT.has(name)) continue
    const text = line(valueText(value).slice(0, VALUE_MAX))
    kept[name] = ADDRESSES.has(name) ? redactPath(text) : text
  }
  return kept
}

/** A path with its query as it is kept. */
export const keptPath = (path: string, line: CleanTexts['line']): string =>
  redactPath(line(path)).slice(0, PATH_MAX)

/** The path of an address that is a secret as a whole. */
export const HIDDEN_PATH = `/${HIDDEN}`
