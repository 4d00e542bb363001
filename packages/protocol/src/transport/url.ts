/**
 * The URL a text is, relative to `base` when given; undefined when it is none.
 * NOTE: never URL.canParse: in Node.js 20 optimised calls of it judge the same Latin-1 text now so, now so.
 */
export const parseUrl = (text: string, base?: string): URL | undefined => {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

/** Hosts (with port) of addresses, each once; what is no address is left out (CMD-012). */
export const hostsOf = (urls: readonly string[]): readonly string[] => [
  ...new Set(urls.map((url) => parseUrl(url)?.host ?? '').filter((host) => host !== '')),
]
