const MS_PER_DAY = 86_400_000
const PAIRS: readonly string[] = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))
const pair = (number: number): string => PAIRS[number] ?? ''

/** Days 1970-01-01 to 2099-12-31; outside of them `Date` writes the text. */
const LAST_DAY = 47_481

/** Year, month and day of a day since the epoch, by the calendar that begins its years in March. */
const dayText = (day: number): string => {
  if (!(day >= 0 && day <= LAST_DAY)) return new Date(day * MS_PER_DAY).toISOString().slice(0, -14)
  const shifted = day + 719_468
  const ofEra = shifted % 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + Math.floor(shifted / 146_097) * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${pair(month)}-${pair(ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)}`
}

let lastDay = 0
let lastText = '1970-01-01'

/** `2026-11-22` of a moment in milliseconds, which is a local one when an offset was added to it. */
export const dateText = (epochMs: number): string => {
  const day = Math.floor(epochMs / MS_PER_DAY)
  // The periods of a session fall on one day or two.
  if (day !== lastDay) {
    lastText = dayText(day)
    lastDay = day
  }
  return lastText
}

/** `09:30` of such a moment. */
export const timeOfDayText = (epochMs: number): string => {
  const minutes = Math.floor((epochMs - Math.floor(epochMs / MS_PER_DAY) * MS_PER_DAY) / 60_000)
  return `${pair(Math.floor(minutes / 60))}:${pair(minutes % 60)}`
}

/** A DateTime with `Z`, in seconds, or milliseconds where there are any. */
export const instantText = (epochMs: number): string => {
  const ms = Math.round(epochMs)
  const ofDay = ms - Math.floor(ms / MS_PER_DAY) * MS_PER_DAY
  const rest = ofDay % 1000
  const seconds = (ofDay - rest) / 1000
  const text = `${dateText(ms)}T${timeOfDayText(ms)}:${pair(seconds % 60)}`
  return rest === 0 ? `${text}Z` : `${text}.${String(rest).padStart(3, '0')}Z`
}
