import type { Statement } from '../../database/index.js'
import { storedColumns } from './message-columns.js'

/** Tells every node that messages were stored. */
export const messageChannel = 'interwatt_messages'

const names = storedColumns.map(([name]) => name).join(', ')
const values = storedColumns
  .map(([, type], index) => (type === 'text' ? `f[${index + 1}]` : `f[${index + 1}]::${type}`))
  .join(', ')

/** A body out of all bodies of a batch; its place and length follow the columns. */
const body = (at: number): string =>
  `case when f[${at}] is not null then convert_from(substring($3::bytea from f[${at}]::integer for f[${at + 1}]::integer), 'UTF8') end`

const [REQUEST, RESPONSE] = [storedColumns.length + 1, storedColumns.length + 3]

/**
 * Stores messages $1, as `textOfMessage` writes them, and gaps $2, a JSON list; $3 are the bytes of all bodies. Writers take turns, so
 * that ids are in the order of commits; the commit does not wait for the disk.
 */
export const insertMessages: Statement = {
  name: 'messages/insert-messages',
  text: `
with turn as materialized (
  select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(4901050)
),
stored as (
  insert into messages (id, ${names}, request_body, response_body)
  select nextval('message_ids'), ${values}, ${body(REQUEST)}, ${body(RESPONSE)}
  from turn cross join (
    select string_to_array(line, e'\\x1f', e'\\x1d') as f from string_to_table($1, e'\\x1e') as line offset 0
  ) as incoming
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
