import type { Statement } from '../../database/index.js'
import { changeChannel } from '../objects/upsert-objects.js'

/**
 * Appends events $1 (JSON, in order) under the write lock and returns their sequence numbers in order; $2 is their
 * number and $3 the time.
 */
export const insertEvents: Statement = {
  name: 'insert-events',
  text: `
with base as materialized (select last_value as seq from change_seq),
stored as (
  insert into events (seq, xid, at, type, subject, data)
  select base.seq + incoming.position, pg_current_xact_id(), $3::timestamptz,
    incoming.event ->> 'type', incoming.event ->> 'subject', (incoming.event -> 'data')::jsonb
  from base, json_array_elements($1::json) with ordinality as incoming (event, position)
  returning 1
)
select base.seq as base_seq, setval('change_seq', base.seq + $2::bigint), pg_notify('${changeChannel}', ''),
  (select count(*) from stored) as stored
from base`,
}
