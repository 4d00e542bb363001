import type { Statement } from '../../database/index.js'
import { storedColumns } from './message-columns.js'

/** Tells every node that messages were stored. */
export const messageChannel = 'interwatt_messages'

const names = storedColumns.map(([name]) => name).join(', ')

/**
 * Stores messages $1 and gaps $2, both JSON lists. Writers take turns, so that ids are in the order of commits; the commit does
 * not wait for the disk.
 */
export const insertMessages: Statement = {
  name: 'messages/insert-messages',
  text: `
with turn as materialized (
  select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(4901050)
),
stored as (
  insert into messages (id, ${names})
  select nextval('message_ids'), ${names}
  from turn cross join json_to_recordset($1::json) as incoming (${storedColumns.map((column) => column.join(' ')).join(', ')})
  returning 1
),
missed as (
  insert into message_gaps (from_at, until_at, reason, count)
  select from_at, until_at, reason, count
  from json_to_recordset($2::json) as incoming (from_at timestamptz, until_at timestamptz, reason text, count integer)
  returning 1
)
select pg_notify('${messageChannel}', ''), (select count(*) from stored) as stored, (select count(*) from missed) as missed
`,
}
