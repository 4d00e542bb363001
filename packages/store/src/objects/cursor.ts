/** Position of a page: the last `created_seq` given out, and the total counted with the first page. */
export interface Position {
  readonly seq: number
  readonly total: number
}

/** The text is no cursor that this store gave out. Nothing was read. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor'
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** A position as opaque base64url text. */
export const writeCursor = ({ seq, total }: Position): string =>
  Buffer.from(JSON.stringify([seq, total])).toString('base64url')

/** The position a cursor stands for; throws `InvalidCursor`. */
export const readCursor = (text: string): Position => {
  try {
    const found: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Array.isArray(found) && found.length === 2 && isCount(found[0]) && isCount(found[1])) {
      return { seq: found[0], total: found[1] }
    }
  } catch {
    // the same answer as for any other text that is no cursor
  }
  throw new InvalidCursor('The page cursor is not valid: start again from the first page')
}
