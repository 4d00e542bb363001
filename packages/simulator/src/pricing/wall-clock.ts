const formats = new Map<string, Intl.DateTimeFormat>()

const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** What a clock on the wall of the location shows. */
export interface WallTime {
  /** YYYY-MM-DD */
  readonly date: string
  readonly minuteOfDay: number
  /** MONDAY … SUNDAY */
  readonly weekday: string
}

/** Local time at an instant (epoch seconds); throws RangeError for an unknown IANA time zone. */
export const wallTime = (epochS: number, timeZone: string): WallTime => {
  const parts: Record<string, string> = {}
  for (const part of formatFor(timeZone).formatToParts(epochS * 1000)) parts[part.type] = part.value
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    minuteOfDay: Number(parts.hour) * 60 + Number(parts.minute),
    weekday: (parts.weekday ?? '').toUpperCase(),
  }
}
