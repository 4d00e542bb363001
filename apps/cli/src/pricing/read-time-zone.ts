import { zoneClock } from '@interwatt/pricing'
import { InvalidArgumentError } from 'commander'

/** Reads the name of an IANA time zone. */
export const readTimeZone = (text: string): string => {
  if (zoneClock(text) !== undefined) return text
  throw new InvalidArgumentError('It takes an IANA time zone, such as Europe/Berlin.')
}
