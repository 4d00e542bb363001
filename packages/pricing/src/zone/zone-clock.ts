const WEEK_MS = 604_800_000
/** Some forty years of weeks; a node prices the present, not the whole of history. */
const MAX_WEEKS = 2_000

/** One week of a zone: its offset before and from the moment it changes; `changeAtMs` is Infinity when it does not. */
interface Week {
  readonly before: number
  readonly changeAtMs: number
  readonly after: number
}

/** Local time of one place. */
export interface ZoneClock {
  readonly timeZone: string
  /** What is added to an instant to read its local wall time, in milliseconds. */
  offsetMsAt(epochMs: number): number
  /** The moments in (fromMs, toMs) at which the clocks are changed. */
  changesWithin(fromMs: number, toMs: number): readonly number[]
}

const OFFSET = /GMT(?:([+-])(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

const reader = (timeZone: string): ((epochMs: number) => number) | undefined => {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    return undefined
  }
  return (epochMs) => {
    const [, sign, hours, minutes, seconds] = OFFSET.exec(format.format(epochMs)) ?? []
    const magnitude = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)
    return (sign === '-' ? -magnitude : magnitude) * 1000
  }
}

/** The first millisecond of the new offset, which holds at `endMs` but not at `startMs`. */
const changeBetween = (offsetAt: (epochMs: number) => number, startMs: number, endMs: number): number => {
  const before = offsetAt(startMs)
  let [low, high] = [startMs, endMs]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle) === before) low = middle
    else high = middle
  }
  return high
}

const createClock = (timeZone: string, offsetAt: (epochMs: number) => number): ZoneClock => {
  const weeks = new Map<number, Week>()
  const weekOf = (index: number): Week => {
    const known = weeks.get(index)
    if (known !== undefined) return known
    const [startMs, endMs] = [index * WEEK_MS, (index + 1) * WEEK_MS]
    const [before, after] = [offsetAt(startMs), offsetAt(endMs)]
    const changeAtMs = before === after ? Number.POSITIVE_INFINITY : changeBetween(offsetAt, startMs, endMs)
    if (weeks.size >= MAX_WEEKS) weeks.clear()
    const week = { before, changeAtMs, after }
    weeks.set(index, week)
    return week
  }
  // The periods of a session fall into one week, nearly always.
  let lastIndex = 0
  let last = weekOf(lastIndex)
  return {
    timeZone,
    offsetMsAt(epochMs) {
      const index = Math.floor(epochMs / WEEK_MS)
      if (index !== lastIndex) {
        last = weekOf(index)
        lastIndex = index
      }
      return epochMs < last.changeAtMs ? last.before : last.after
    },
    changesWithin(fromMs, toMs) {
      const changes: number[] = []
      for (let index = Math.floor(fromMs / WEEK_MS); index * WEEK_MS < toMs; index += 1) {
        const { changeAtMs } = weekOf(index)
        if (changeAtMs > fromMs && changeAtMs < toMs) changes.push(changeAtMs)
      }
      return changes
    },
  }
}

const clocks = new Map<string, ZoneClock>()
/** There are some 600 names; spellings by strangers must not fill the memory. */
const MAX_CLOCKS = 1_000

/**
 * The clock of an IANA time zone, shared and remembering the offsets it has looked up; undefined when no such zone is
 * known. The zone is taken to change its clocks at most once within a week of the epoch.
 */
export const zoneClock = (timeZone: string): ZoneClock | undefined => {
  const known = clocks.get(timeZone)
  if (known !== undefined) return known
  const offsetAt = reader(timeZone)
  if (offsetAt === undefined) return undefined
  if (clocks.size >= MAX_CLOCKS) clocks.clear()
  const clock = createClock(timeZone, offsetAt)
  clocks.set(timeZone, clock)
  return clock
}
