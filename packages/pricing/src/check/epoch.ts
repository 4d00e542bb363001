import { instantOf, UnreadableTime } from '../session/instant.js'

/** The instant of a DateTime in milliseconds; NaN when nobody can read it, which compares with nothing. */
export const epochOf = (text: string): number => {
  try {
    return instantOf(text)
  } catch (error) {
    if (error instanceof UnreadableTime) return Number.NaN
    throw error
  }
}
