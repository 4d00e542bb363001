/** A path below a module's URL, compiled: `{name}` marks a parameter. */
export interface PathTemplate {
  readonly text: string
  readonly parts: readonly PathPart[]
}

type PathPart = { readonly kind: 'literal' | 'param'; readonly text: string }

/** Compiles `/{country_code}/{party_id}/{id}`; throws on a template that is none. */
export const pathTemplate = (text: string): PathTemplate => {
  const segments = text.split('/').slice(1)
  if (text !== '' && (!text.startsWith('/') || segments.includes(''))) {
    throw new Error(`not a path template: ${text}`)
  }
  const parts = segments.map((segment): PathPart => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1]
    return name === undefined ? { kind: 'literal', text: segment } : { kind: 'param', text: name }
  })
  return { text, parts }
}

/** Parameters of a path that fits the template, undefined when it does not. Segments are decoded already. */
export const matchPath = (
  template: PathTemplate,
  segments: readonly string[],
): Record<string, string> | undefined => {
  if (segments.length !== template.parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of template.parts.entries()) {
    const segment = segments[index]
    if (segment === undefined || segment === '') return undefined
    if (part.kind === 'param') params[part.text] = segment
    else if (part.text !== segment) return undefined
  }
  return params
}

/** Path of a template with its parameters, each percent-encoded once (TRN-116). Throws when one is missing or empty. */
export const fillPath = (template: PathTemplate, params: Readonly<Record<string, string>>): string => {
  let path = ''
  for (const part of template.parts) {
    const value = part.kind === 'literal' ? part.text : params[part.text]
    if (value === undefined || value === '') throw new Error(`path parameter ${part.text} is missing`)
    path += `/${part.kind === 'literal' ? value : encodeSegment(value)}`
  }
  return path
}

const LONE_SURROGATE = /\p{Surrogate}/gu

/** One path segment; `.` and `..` are encoded too, which URL parsers would otherwise resolve. */
export const encodeSegment = (text: string): string =>
  /^\.{1,2}$/.test(text)
    ? text.replaceAll('.', '%2E')
    : encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd'))

/**
 * Segments of a raw request path, each decoded once, so that `%2F` stays inside its segment (trap 15).
 * One slash at the end is ignored (TRN-027). Undefined when an escape is malformed or spells NUL, which no database text holds.
 */
export const splitPath = (rawPath: string): readonly string[] | undefined => {
  const segments = rawPath.split('/')
  segments.shift()
  if (segments.at(-1) === '') segments.pop()
  if (!rawPath.includes('%')) return segments
  try {
    const decoded = segments.map((segment) => decodeURIComponent(segment))
    return decoded.some((segment) => segment.includes('\0')) ? undefined : decoded
  } catch {
    return undefined
  }
}

/** An endpoint's URL with a path below it, joined by exactly one slash; a query of the endpoint stays (TRN-029). */
export const joinUrl = (endpointUrl: string, path: string): string => {
  const [, address = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(endpointUrl) ?? []
  if (path === '') return `${address}${query}`
  return `${address.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}${query}`
}
