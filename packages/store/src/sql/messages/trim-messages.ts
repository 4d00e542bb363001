import type { Statement } from '../../database/index.js'

/** Drops days that end before $1, then the oldest until all take at most $2 bytes, but not the day $3. */
export const trimMessages: Statement = {
  name: 'messages/trim-messages',
  text: 'select dropped, bytes from trim_messages($1::timestamptz, $2::bigint, $3::date)',
}
