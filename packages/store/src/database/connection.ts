import pg from 'pg'

const INT8 = 20
const TIMESTAMPTZ = 1184

const parseTime = pg.types.getTypeParser(TIMESTAMPTZ)

/** Sequence numbers and counts stay below 2^53; times are ISO text in UTC with milliseconds. */
const isoTime = (text: string): string => {
  const time: unknown = parseTime(text)
  return time instanceof Date ? time.toISOString() : text
}

const types: pg.CustomTypesConfig = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    if (id === INT8) return Number
    if (id === TIMESTAMPTZ) return isoTime
    return format === 'binary' ? pg.types.getTypeParser(id, 'binary') : pg.types.getTypeParser(id, 'text')
  },
}

/** Connecting, or waiting for a free connection, takes no longer. */
const connectTimeoutMs = 5_000
/** The server gives up on a statement after this long; the driver shortly after, in case the server hangs. */
const statementTimeoutMs = 15_000

/** Settings every connection shares. */
export const connectionConfig = (url: string): pg.ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: connectTimeoutMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  application_name: 'interwatt',
  types,
})

/** Settings of pooled connections: nothing on them may hang. */
export const pooledConfig = (url: string): pg.ClientConfig => ({
  ...connectionConfig(url),
  statement_timeout: statementTimeoutMs,
  query_timeout: statementTimeoutMs + 2_000,
  // A node that stops in the middle of a transaction must not hold the write lock for ever.
  idle_in_transaction_session_timeout: statementTimeoutMs,
  // A plan made while a table was empty would be kept when it is large: measured 8 times slower during a first import.
  options: '-c plan_cache_mode=force_custom_plan',
})

/** Host, port and database of a connection URL for messages, without user and password. */
export const addressOf = (url: string): string => {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url)
    return `${searchParams.get('host') ?? hostname}${port === '' ? '' : `:${port}`}${pathname}`
  } catch {
    return 'the address in DATABASE_URL'
  }
}
