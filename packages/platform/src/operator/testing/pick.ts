/** The value at a dotted path of parsed JSON, undefined when there is none. */
export const pick = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => {
    if (typeof at !== 'object' || at === null) return undefined
    return Object.entries(at).find(([key]) => key === name)?.[1]
  }, value)

/** As `pick`, for a text; throws when it is none. */
export const pickText = (value: unknown, path: string): string => {
  const found = pick(value, path)
  if (typeof found !== 'string') throw new Error(`no text at ${path}`)
  return found
}
