import type { Tolerance } from '../../schema/index.js'

/** A language tag with region, cut to two lower-case letters: `en-GB` is read as `en` (TYP-053). */
export const LANGUAGE_TAG: Tolerance = {
  rule: 'TYP-053',
  note: 'is longer than two letters; cut',
  repair: (value) =>
    typeof value === 'string' && value.length > 2 && /^[A-Za-z]{2}/.test(value)
      ? value.slice(0, 2).toLowerCase()
      : undefined,
}
