/** The database cannot answer now; after a write its outcome is unknown. Callers answer 3000 or HTTP 503. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EACCES',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** SQLSTATE classes and codes that tell of the server, not of the statement. */
const serverStates = [
  /^08/, // connection exceptions
  /^40/, // rolled back for the sake of another transaction: trying again helps
  /^53/, // no memory, disk full, too many connections
  /^57P/, // shutdown, crash, starting up
  /^58/, // I/O errors outside PostgreSQL
  /^57014$/, // statement timeout
  /^55P03$/, // lock timeout
  /^25P0[34]$/, // transaction ended by a timeout
  /^25006$/, // read-only: the primary became a standby
]

// The driver gives these without a code.
const driverTexts =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying|timeout expired|Client was closed|Client has encountered a connection error|Cannot use a pool after)/

/** Whether an error of the driver means that the database could not answer. */
export const tellsUnavailable = (error: unknown): boolean => {
  if (error instanceof StoreUnavailable) return true
  if (error instanceof AggregateError) return error.errors.every(tellsUnavailable)
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (networkCodes.has(code) || serverStates.some((state) => state.test(code))) return true
  return driverTexts.test(error.message)
}

/** Wraps errors that mean "cannot answer" in `StoreUnavailable`; returns others as they are. */
export const asStoreError = (error: unknown): unknown => {
  if (error instanceof StoreUnavailable || !tellsUnavailable(error)) return error
  return new StoreUnavailable('The database did not answer', { cause: error })
}
