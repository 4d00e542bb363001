import { joinUrl, parseUrl, queryText } from '@interwatt/protocol'

/** Where a request goes: the path as it is written on the wire, which no URL parser may rewrite (CMD-007). */
export interface Target {
  readonly url: URL
  readonly path: string
  /** Origin and path, to resolve links against. */
  readonly href: string
}

const AFTER_AUTHORITY = /^[a-z]+:\/\/[^/?#\\]*([/?][\x21-\x5b\x5d-\x7e]*)?$/i

/** Target of an absolute URL; undefined when it is none. */
export const targetOf = (text: string): Target | undefined => {
  const url = parseUrl(text)
  if (url === undefined) return undefined
  const raw = AFTER_AUTHORITY.exec(text.replace(/#.*$/s, ''))
  const written = raw === null ? `${url.pathname}${url.search}` : (raw[1] ?? '/')
  const path = written.startsWith('/') ? written : `/${written}`
  return { url, path, href: url.origin + path }
}

/** Target below an endpoint, with a query added to the endpoint's own. */
export const targetBelow = (
  endpointUrl: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Target | undefined => {
  const joined = joinUrl(endpointUrl, path)
  const added = queryText(query)
  return targetOf(joined.includes('?') ? joined + added.replace('?', '&') : joined + added)
}
