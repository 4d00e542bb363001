/** Most query parameters that are read; the rest is ignored. */
const QUERY_MAX = 64

/** Query parameters by name, the first of each, NUL replaced; the object has no prototype. `text` has no `?`. */
export const parseQuery = (text: string): Readonly<Record<string, string | undefined>> => {
  const query: Record<string, string | undefined> = Object.create(null)
  if (text === '') return query
  let count = 0
  for (const [name, value] of new URLSearchParams(text)) {
    if (count >= QUERY_MAX) break
    if (Object.hasOwn(query, name)) continue
    query[name] = value.replaceAll('\0', '\ufffd')
    count += 1
  }
  return query
}
