/** Position of a page: the last `created_seq` given out, and the total counted with the first page. */
export interface Position {
  readonly seq: number
  readonly total: number
  /** What the last row is sorted by, where that is not `created_seq` alone. */
  readonly value?: string
}

/** The text is no cursor that this store gave out. Nothing was read. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor'
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** A position as opaque base64url text. */
export const writeCursor = ({ seq, total, value }: Position): string =>
  Buffer.from(JSON.stringify(value === undefined ? [seq, total] : [seq, total, value])).toString('base64url')

const isValue = (value: unknown): value is string | undefined =>
  value === undefined || (typeof value === 'string' && !value.includes('\0'))

const positionOf = ([seq, total, value, ...rest]: readonly unknown[]): Position | undefined => {
  if (!isCount(seq) || !isCount(total) || !isValue(value) || rest.length > 0) return undefined
  return value === undefined ? { seq, total } : { seq, total, value }
}

/** The position a cursor stands for; throws `InvalidCursor`. */
export const readCursor = (text: string): Position => {
  try {
    const found: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const position = Array.isArray(found) ? positionOf(found) : undefined
    if (position !== undefined) return position
  } catch {
    // the same answer as for any other text that is no cursor
  }
  throw new InvalidCursor('The page cursor is not valid: start again from the first page')
}
