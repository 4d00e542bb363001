import pg from 'pg'

const INT8 = 20
const TIMESTAMPTZ = 1184

const parseTime = pg.types.getTypeParser(TIMESTAMPTZ)
/** A time as the server writes it to a session in UTC: date, time of day, fraction without zeros at its end. */
const UTC_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d{0,3})?\+00$/

/** Sequence numbers and counts stay below 2^53; times are ISO text in UTC with milliseconds. */
export const isoTime = (text: string): string => {
  const utc = UTC_TIME.exec(text)
  if (utc !== null) return `${utc[1]}T${utc[2]}.${(utc[3] ?? '').padEnd(3, '0')}Z`
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
  // Times that the server writes in UTC need no parsing.
  options: '-c plan_cache_mode=force_custom_plan -c timezone=UTC',
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
