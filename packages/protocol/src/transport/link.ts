import { parseUrl } from './url.js'
/** One link of a `Link` header (RFC 8288). */
export interface WebLink {
  readonly target: string
  /** Relation types in lower case. */
  readonly rels: readonly string[]
}

/** Longest `Link` header that is read, in characters. */
const LINK_HEADER_MAX = 16_384

/**
 * Reads a `Link` header: several links, quoted and bare parameters, commas inside both (trap 7).
 * Stops at the first place that is no link and keeps what it read.
 */
export const parseLinks = (header: string): readonly WebLink[] => {
  const text = header.slice(0, LINK_HEADER_MAX)
  const links: WebLink[] = []
  const target = /[\s,]*<([^>]*)>/y
  let position = 0
  for (;;) {
    target.lastIndex = position
    const opening = target.exec(text)
    if (opening === null) return links
    const parameters = readParameters(text, target.lastIndex)
    const rel = parameters.rel?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
    links.push({ target: (opening[1] ?? '').trim(), rels: rel })
    position = parameters.end
  }
}

const readParameters = (text: string, start: number): { rel: string | undefined; end: number } => {
  const parameter = /\s*;\s*(?:([^\s=;,"<>]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?)?/y
  let rel: string | undefined
  let end = start
  for (;;) {
    parameter.lastIndex = end
    const found = parameter.exec(text)
    if (found === null) break
    end = parameter.lastIndex
    // RFC 8288 section 3.3: the first `rel` counts, later ones are ignored.
    if (found[1]?.toLowerCase() === 'rel') rel ??= found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? ''
  }
  return { rel, end }
}

/** Absolute URL of the next page: the link with relation `next`, resolved against the request (TRN-071). */
export const nextLinkOf = (header: string | undefined, requestUrl: string): string | undefined => {
  if (header === undefined) return undefined
  const link = parseLinks(header).find((each) => each.rels.includes('next'))
  return link === undefined ? undefined : resolveUrl(link.target, requestUrl)
}

/** An absolute http or https URL from one that may be relative (TRN-118); undefined when it is none. */
export const resolveUrl = (target: string, requestUrl: string): string | undefined => {
  const url = parseUrl(target, requestUrl)
  if (url === undefined) return undefined
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}

/** `Link` header of a page: the public address of the next one, every filter repeated (TRN-067 to TRN-069). */
export const nextLinkHeader = (
  address: string,
  filters: Readonly<Record<string, string | undefined>>,
  next: { readonly offset: number; readonly limit: number; readonly cursor: string },
): string => {
  const position = { offset: String(next.offset), limit: String(next.limit), cursor: next.cursor }
  return `<${address}${queryText({ ...filters, ...position })}>; rel="next"`
}

/** `?a=1&b=2`, percent-encoded, or nothing: `+` and `:` in dates survive every reader (trap 6). */
export const queryText = (query: Readonly<Record<string, string | undefined>>): string => {
  let text = ''
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    text += `${text === '' ? '?' : '&'}${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  }
  return text
}
