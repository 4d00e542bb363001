import { Buffer } from 'node:buffer'

/** Most of a body that is kept, in bytes. */
export const BODY_MAX = 64 * 1024

/** Read beyond what is kept, so that a secret at the edge is seen whole, in bytes; no token or address is longer. */
const MARGIN = 4096

/** The beginning of a body: as much as has to be looked at, and how long it is as a whole. */
export interface Opening {
  readonly text: string
  /** Length of the whole body in bytes. */
  readonly bytes: number
  readonly isCut: boolean
}

/** Opens a body. A text that is cut is copied, so that the whole one does not stay in memory. */
export const openBody = (body: string | Buffer): Opening => {
  if (typeof body === 'string') {
    const bytes = Buffer.byteLength(body)
    if (bytes <= BODY_MAX) return { text: body, bytes, isCut: false }
    const text = Buffer.from(body.slice(0, BODY_MAX + MARGIN), 'utf8').toString('utf8')
    return { text, bytes, isCut: true }
  }
  const isCut = body.length > BODY_MAX
  const part = isCut ? body.subarray(0, BODY_MAX + MARGIN) : body
  return { text: part.toString('utf8'), bytes: body.length, isCut }
}

/** The text that is kept of an opening once its secrets are gone; the margin goes too, which may begin a secret. */
export const keptText = (clean: string, { isCut }: Opening): string => {
  const text = isCut ? firstBytes(clean, Math.min(BODY_MAX, Buffer.byteLength(clean) - MARGIN)) : clean
  return storable(text)
}

const firstBytes = (text: string, length: number): string => {
  const bytes = Buffer.from(text, 'utf8')
  let end = Math.max(0, Math.min(length, bytes.length))
  // Not in the middle of a character.
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end).toString('utf8')
}

/** A text as the database takes it. */
export const storable = (text: string): string =>
  text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text
