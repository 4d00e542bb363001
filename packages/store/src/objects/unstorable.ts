/** PostgreSQL cannot hold the document or key: a NUL character, a lone surrogate, too deep, too large. Nothing was stored. */
export class UnstorableDocument extends Error {
  override readonly name = 'UnstorableDocument'
}

// Data exceptions and program limits.
const states = /^(22|54)/

/** A booking would hold time of a place that another booking holds. Nothing was stored. */
export class SlotTaken extends Error {
  override readonly name = 'SlotTaken'
}

const exclusionViolated = '23P01'

/** Turns errors that the document caused into `UnstorableDocument`; returns others as they are. */
export const asUnstorable = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === exclusionViolated)
    return new SlotTaken('The time is held by another booking', { cause: error })
  const caused = (typeof code === 'string' && states.test(code)) || error instanceof RangeError
  if (!caused) return error
  return new UnstorableDocument('The database cannot store this document', { cause: error })
}
