import { number, type Read, shape, text } from './reading.js'

/** Reads a time in which messages were not recorded. */
export const gap = shape({ from: text, until: text, reason: text, count: number })
/** A time in which messages were not recorded. */
export type Gap = Read<typeof gap>
