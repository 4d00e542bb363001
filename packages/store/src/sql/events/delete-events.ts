import type { Statement } from '../../database/index.js'

/** Drops events older than $1. */
export const deleteEvents: Statement = {
  name: 'delete-events',
  text: 'delete from events where at < $1::timestamptz',
}
