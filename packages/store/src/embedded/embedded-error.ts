/** The embedded PostgreSQL cannot run here; the message says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

/** What a person can always do instead. */
export const useOwnServer = 'Or run PostgreSQL 15 or newer yourself and set DATABASE_URL to its address.'

/** Code of a system error such as `ENOENT`, otherwise undefined. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
