import { isJsonObject } from '@interwatt/protocol'

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Data of ours with the names of its fields as the operator API writes them: `timeZone` becomes `time_zone`, at every depth. */
export const snakeCased = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(snakeCased)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [snake(name), snakeCased(item)]))
}
