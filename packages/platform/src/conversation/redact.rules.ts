import { isJsonObject } from '@interwatt/protocol'

/** What stands where a secret was. */
export const HIDDEN = '[hidden]'

/** Shorter texts are not looked for everywhere: they would be found by chance. */
const SECRET_MIN = 6

/** A text without its secrets, and the secrets that were found in it by their place. */
export interface Redacted {
  readonly text: string
  readonly found: readonly string[]
}

/** Every way in which a secret is likely to be written: as it is, as Base64, in a URL. */
export const formsOf = (secret: string): readonly string[] => {
  if (secret.length < SECRET_MIN) return []
  const base64 = Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, '')
  const base64url = base64.replaceAll('+', '-').replaceAll('/', '_')
  return [...new Set([secret, base64, base64url, encodeURIComponent(secret)])]
}

/** The text with all of these forms hidden. */
export const withoutForms = (text: string, forms: readonly string[]): string => {
  let clean = text
  for (const form of forms) if (clean.includes(form)) clean = clean.replaceAll(form, HIDDEN)
  return clean
}

/** Parts of the names of fields that hold secrets: what has none of them need not be looked through. */
const MARK = /oken(?:_[abc])?"|response_url|assw|ecret"|key"|uthorization"/i

/** A field whose text is a secret, also one that is cut off at the end; names in any case. */
const SECRET_FIELD =
  /("(?:token|token_[abc]|password|passwd|secret|client_secret|api_?key|access_token|refresh_token|authorization)"\s*:\s*")((?:[^"\\]|\\.)*)("?)/gi
/** Where results are to be sent: whoever knows the address may send one. */
const RESPONSE_URL = /("response_url"\s*:\s*")((?:[^"\\]|\\.)*)("?)/g
const ORIGIN = /^(https?:)\/\/(?:[^/?#@]*@)?([^/?#@]+)/i
/** User name and password of a URL. */
const USER_INFO = /:(\\?\/){2}[^\s"/\\@]+@/g

/** The address of a `response_url` without what makes it a secret. */
export const originOnly = (url: string): string => {
  const origin = ORIGIN.exec(url.replaceAll('\\/', '/'))
  return origin === null ? HIDDEN : `${origin[1]}//${origin[2]}/${HIDDEN}`
}

/** The last part of an address, which tells it from all others. */
const tailOf = (url: string): string => url.replaceAll('\\/', '/').split(/[/?#]/).filter(Boolean).at(-1) ?? ''

/** A body without fields that hold secrets. It need not be whole, nor JSON. */
export const redactFields = (text: string): Redacted => {
  const found: string[] = []
  let clean = text
  if (MARK.test(text)) {
    clean = clean
      .replace(SECRET_FIELD, (_all, before: string, value: string, after: string) => {
        if (value !== '') found.push(value)
        return before + HIDDEN + after
      })
      .replace(RESPONSE_URL, (_all, before: string, value: string, after: string) => {
        found.push(value, tailOf(value))
        return before + originOnly(value) + after
      })
  }
  if (clean.includes('@')) clean = clean.replace(USER_INFO, `://${HIDDEN}@`)
  return { text: clean, found }
}

/** Parameters of a query that hold secrets, as partners put them into addresses they give. */
const SECRET_QUERY =
  /([?&](?:response_url|token|access_token|api_?key|key|secret|password|auth|authorization|signature|sig)=)[^&#\s>"]+/gi

const SECRET_NAME = /token|password|secret|key|authorization/i

const hideIn = (value: unknown, found: string[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => hideIn(item, found))
  if (!isJsonObject(value)) return value
  const fields = Object.entries(value).map(([name, item]) => {
    if (!SECRET_NAME.test(name) || item === null) return [name, hideIn(item, found)]
    if (typeof item === 'string') found.push(item)
    return [name, HIDDEN]
  })
  return Object.fromEntries(fields)
}

/** A body of the credentials module without tokens; undefined when it is no JSON, so that nobody knows where a token stands in it. */
export const redactCredentials = (text: string): Redacted | undefined => {
  try {
    const found: string[] = []
    const hidden = JSON.stringify(hideIn(JSON.parse(text), found))
    const clean = hidden.replace(USER_INFO, `://${HIDDEN}@`).replace(SECRET_QUERY, `$1${HIDDEN}`)
    return { text: clean, found }
  } catch {
    return undefined
  }
}

/** A part of a path as long as the secrets this node makes; no id of OCPI is. */
const SECRET_PART = /(?<=\/)[A-Za-z0-9_-]{43,}(?=[/?#]|$)/g

const QUERIED_URL = /[?&]response_url=([^&#]+)/i

/** The secrets in a path and query that may be repeated elsewhere: the address a result is to go to, as charging profiles name it. */
export const secretsInPath = (path: string): readonly string[] => {
  const written = QUERIED_URL.exec(path)?.[1]
  if (written === undefined) return []
  try {
    const url = decodeURIComponent(written)
    return [written, url, tailOf(url)]
  } catch {
    return [written]
  }
}

/** A path and query without secrets. */
export const redactPath = (path: string): string =>
  path.replace(SECRET_PART, HIDDEN).replace(SECRET_QUERY, `$1${HIDDEN}`)
