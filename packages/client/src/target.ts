import { joinUrl, parseUrl, queryText } from '@interwatt/protocol'

/** Where a request goes: the path as it is written on the wire, which no URL parser may rewrite (CMD-007). */
export interface Target {
  readonly url: URL
  readonly origin: string
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
  const { origin } = url
  return { url, origin, path, href: origin + path }
}

/** An endpoint taken apart once: what is in front of the path below it, and the query behind that. */
export interface Stem {
  readonly url: URL
  readonly origin: string
  /** Path of the endpoint itself, its query left out. */
  readonly own: string
  /** The same, ending in one slash. */
  readonly front: string
  /** The endpoint's own query with its question mark, or nothing. */
  readonly query: string
}

/** Takes the URL of an endpoint apart; undefined when it is none. */
export const stemOf = (endpointUrl: string): Stem | undefined => {
  const target = targetOf(joinUrl(endpointUrl, ''))
  if (target === undefined) return undefined
  const { url, origin, path } = target
  const mark = path.indexOf('?')
  const own = mark === -1 ? path : path.slice(0, mark)
  return {
    url,
    origin,
    own,
    front: `${own.replace(/\/+$/, '')}/`,
    query: mark === -1 ? '' : path.slice(mark),
  }
}

/** Target below an endpoint, with a query added to the endpoint's own. `path` is percent-encoded or empty. */
export const targetBelow = (
  { url, origin, own, front, query }: Stem,
  path: string,
  added: Readonly<Record<string, string>> | undefined,
): Target => {
  const address = path === '' ? own : front + path.slice(1)
  const asked = added === undefined ? '' : queryText(added)
  const whole = address + query + (query === '' ? asked : asked.replace('?', '&'))
  return { url, origin, path: whole, href: origin + whole }
}
