/** Where a crawl stands after a page. */
export interface CrawlPosition {
  readonly pages: number
  readonly total: number | undefined
  /** Links already followed; a crawl that comes back to one would never end (TRN-072). */
  readonly visited: ReadonlySet<string>
}

export interface PageLinks {
  readonly next: string | undefined
  readonly total: number | undefined
}

/** How a crawl goes on. */
export type CrawlStep =
  | { readonly kind: 'follow'; readonly url: string; readonly complete: boolean }
  | { readonly kind: 'end'; readonly complete: boolean; readonly reason: string }

/**
 * The step after a page. `complete` turns false when objects may have been missed, so that nothing is retired on
 * the strength of this crawl: the total shrank (TRN-074), a link came twice, or the page limit was hit.
 */
export const planNextPage = (position: CrawlPosition, page: PageLinks, maxPages: number): CrawlStep => {
  if (page.next === undefined) return { kind: 'end', complete: !shrank(position, page), reason: 'last page' }
  if (position.visited.has(page.next)) return { kind: 'end', complete: false, reason: 'repeated link' }
  if (position.pages >= maxPages) return { kind: 'end', complete: false, reason: 'page limit' }
  if (!shrank(position, page)) return { kind: 'follow', url: page.next, complete: true }
  const moved = withLowerOffset(page.next, (position.total ?? 0) - (page.total ?? 0))
  return { kind: 'follow', url: moved ?? page.next, complete: moved !== undefined }
}

const shrank = (position: CrawlPosition, page: PageLinks): boolean =>
  position.total !== undefined && page.total !== undefined && page.total < position.total

/** The link moved back by the number of objects that vanished; undefined when it does not page by offset. */
const withLowerOffset = (link: string, vanished: number): string | undefined => {
  let url: URL
  try {
    url = new URL(link)
  } catch {
    return undefined
  }
  const offset = url.searchParams.get('offset')
  if (offset === null || !/^\d{1,12}$/.test(offset)) return undefined
  url.searchParams.set('offset', String(Math.max(0, Number(offset) - vanished)))
  return url.href
}
