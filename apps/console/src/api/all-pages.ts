/** Most rows of an export. */
const MOST_EXPORTED = 100_000

/** All rows of a list, page by page, for an export; at most 100,000. `read` gives the page that begins at a cursor, the first for an empty one. */
export const allPages = async <Row>(
  read: (cursor: string) => Promise<{ readonly items: readonly Row[]; readonly next: string | null }>,
): Promise<readonly Row[]> => {
  const rows: Row[] = []
  let cursor = ''
  do {
    const page = await read(cursor)
    rows.push(...page.items)
    cursor = page.next ?? ''
  } while (cursor !== '' && rows.length < MOST_EXPORTED)
  return rows
}
