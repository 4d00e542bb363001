import { DEFAULT_LIMIT } from './wire-schemas.js'

/** Answers a page of a list that goes on below the id of its last item; `next` is null on the last page. */
export const newestFirst = async <T extends { readonly id: string }, V>(
  { cursor, limit = DEFAULT_LIMIT }: { readonly cursor?: string; readonly limit?: number },
  list: (page: { readonly after?: string; readonly limit: number }) => Promise<readonly T[]>,
  view: (item: T) => V,
): Promise<{ readonly items: readonly V[]; readonly next: string | null }> => {
  const items = await list({ ...(cursor === undefined ? {} : { after: cursor }), limit })
  return { items: items.map(view), next: items.length < limit ? null : (items.at(-1)?.id ?? null) }
}
