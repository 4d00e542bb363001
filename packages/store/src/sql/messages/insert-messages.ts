import type { Statement } from '../../database/index.js'
import { storedColumns } from './message-columns.js'

/** Tells every node that messages were stored. */
export const messageChannel = 'interwatt_messages'

const names = storedColumns.map(([name]) => name).join(', ')

/** A body out of all bodies of a batch: quotes in it need not be escaped and read again, which takes most of the time in JSON. */
const body = (name: string): string =>
  `case when ${name}_at is not null then convert_from(substring($3::bytea from ${name}_at for ${name}_length), 'UTF8') end`

const columns = storedColumns.map((column) => column.join(' ')).join(', ')
const places = 'request_at integer, request_length integer, response_at integer, response_length integer'

/**
 * Stores messages $1 and gaps $2, both JSON lists; $3 are the bytes of all bodies. Writers take turns, so that ids are in the order
 * of commits; the commit does not wait for the disk.
 */
export const insertMessages: Statement = {
  name: 'messages/insert-messages',
  text: `
with turn as materialized (
  select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(4901050)
),
stored as (
  insert into messages (id, ${names}, request_body, response_body)
  select nextval('message_ids'), ${names}, ${body('request')}, ${body('response')}
  from turn cross join json_to_recordset($1::json) as incoming (${columns}, ${places})
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
