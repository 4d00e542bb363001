const MINUTE_S = 60
const HOUR_S = 3_600
const DAY_S = 86_400

/** Time since an instant in words such as `3 min ago`; ahead of now it says `in 3 min`. */
export const agoOf = (iso: string, nowMs: number): string => {
  const seconds = Math.round((nowMs - Date.parse(iso)) / 1000)
  if (Number.isNaN(seconds)) return iso
  const amount = Math.abs(seconds)
  if (amount < 5) return 'just now'
  const words =
    amount < MINUTE_S
      ? `${amount} s`
      : amount < HOUR_S
        ? `${Math.round(amount / MINUTE_S)} min`
        : amount < 2 * DAY_S
          ? `${Math.round(amount / HOUR_S)} h`
          : `${Math.round(amount / DAY_S)} days`
  return seconds < 0 ? `in ${words}` : `${words} ago`
}

/** An instant in the time zone and order of the reader, to the second. */
export const localTime = (iso: string): string => {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

/** The time of day of an instant, with the day when that is not today. */
export const clockTime = (iso: string): string => {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  const time = at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
  const isToday = at.toDateString() === new Date().toDateString()
  return isToday ? time : `${at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${time}`
}

/** Length of time between two instants, such as `1 h 12 min`; empty when one is missing. */
export const durationOf = (from: string, to: string): string => {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000)
  if (Number.isNaN(minutes)) return ''
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}
