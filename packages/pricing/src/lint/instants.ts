import { parseDateTime } from '@interwatt/protocol'

/** Milliseconds since the epoch of a DateTime; undefined where there is none, or none that can be read. */
export const instantOrUndefined = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseDateTime(text)?.epochMs
