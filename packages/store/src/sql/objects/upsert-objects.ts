import type { Statement } from '../../database/index.js'

/** Channel that tells every node of a commit. */
export const changeChannel = 'interwatt_change'

/**
 * Stores the outcome of a batch: $1 the rows as JSON, $2 the newest sequence number used, $3 whether anybody is to
 * be woken. A row whose `changed_seq` stays the same (other source, same content) keeps its transaction id
 * and time.
 */
export const upsertObjects: Statement = {
  name: 'upsert-objects',
  text: `
with stored as (
  insert into objects as o (
    kind, country_code, party_id, id, document, last_updated, content_hash, version_in, unmapped, received_from,
    addressee, created_seq, changed_seq, changed_xid, changed_at, previous_seq, changed_fields, deleted_at
  )
  select
    kind, country_code, party_id, id, document, last_updated, decode(content_hash, 'hex'), version_in, unmapped,
    received_from, addressee, created_seq, changed_seq, pg_current_xact_id(), now(), previous_seq,
    changed_fields, deleted_at
  from json_to_recordset($1::json) as incoming (
    kind text, country_code text, party_id text, id text, document jsonb, last_updated timestamptz(3),
    content_hash text, version_in text, unmapped jsonb, received_from text, addressee text, created_seq bigint,
    changed_seq bigint, previous_seq bigint, changed_fields text[], deleted_at timestamptz(3)
  )
  on conflict (kind, country_code, party_id, id) do update set
    document = excluded.document,
    last_updated = excluded.last_updated,
    content_hash = excluded.content_hash,
    version_in = excluded.version_in,
    unmapped = excluded.unmapped,
    received_from = excluded.received_from,
    addressee = excluded.addressee,
    changed_seq = excluded.changed_seq,
    changed_xid = case when excluded.changed_seq = o.changed_seq then o.changed_xid else excluded.changed_xid end,
    changed_at = case when excluded.changed_seq = o.changed_seq then o.changed_at else excluded.changed_at end,
    previous_seq = excluded.previous_seq,
    changed_fields = excluded.changed_fields,
    deleted_at = excluded.deleted_at
  returning 1
)
select setval('change_seq', $2::bigint), case when $3::boolean then pg_notify('${changeChannel}', '') end,
  (select count(*) from stored) as stored`,
}
