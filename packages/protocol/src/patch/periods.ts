import { parseDateTime } from '../date-time/index.js'
import { isJsonObject } from '../json/json-object.js'

/** The instant of a DateTime, or the value itself when it is none. */
const instantOf = (value: unknown): unknown =>
  typeof value === 'string' ? (parseDateTime(value)?.epochMs ?? value) : value

/** The text of a JSON value with the fields of every object in order, so that equal content is equal text. */
const orderedText = (value: unknown): string =>
  JSON.stringify(value, (_field, inner: unknown) =>
    isJsonObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? ''

const startOf = (period: unknown): unknown =>
  isJsonObject(period) ? instantOf(period.start_date_time) : undefined

const periodKey = (period: unknown): string =>
  orderedText(isJsonObject(period) ? { ...period, start_date_time: startOf(period) } : period)

/** The periods that are not stored yet: one of the same start instant and equal content is not added again (SES-038). */
export const newPeriods = (stored: readonly unknown[], sent: readonly unknown[]): readonly unknown[] => {
  if (sent.length === 0) return sent
  const instants = new Set(sent.map(startOf))
  const known = new Set(stored.filter((period) => instants.has(startOf(period))).map(periodKey))
  return sent.filter((period) => {
    const key = periodKey(period)
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

/** The stored periods with those of the same start instant replaced in their place, and the others added (SES-039). */
export const upsertedPeriods = (stored: readonly unknown[], sent: readonly unknown[]): readonly unknown[] => {
  const latest = new Map(sent.map((period) => [startOf(period), period]))
  const known = new Set(stored.map(startOf))
  const replaced = stored.map((period) => latest.get(startOf(period)) ?? period)
  return [...replaced, ...[...latest].filter(([start]) => !known.has(start)).map(([, period]) => period)]
}
