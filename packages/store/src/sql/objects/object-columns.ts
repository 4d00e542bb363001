/** Columns of `ObjectRow`, taken from the alias `o`. */
export const objectColumns = `o.kind, o.country_code, o.party_id, o.id, o.document, o.last_updated,
  encode(o.content_hash, 'hex') as content_hash, o.version_in, o.unmapped, o.received_from, o.addressee,
  o.created_seq, o.changed_seq, o.previous_seq, o.changed_fields, o.deleted_at`

/**
 * Rows whose transaction no snapshot can still be missing. Writers take turns by an advisory lock, so commits happen
 * in the order of `changed_seq` anyway; this also holds for whoever writes without the lock. A transaction id from
 * the future can only come from a dump of another server, and is settled.
 */
export const settled = (xid: string): string =>
  `(${xid} < pg_snapshot_xmin(pg_current_snapshot()) or ${xid} >= pg_snapshot_xmax(pg_current_snapshot()))`

/** EVSE rows (alias `evse`) of a location (alias `location`): one range of the primary key, `0` follows `/`. */
export const evsesOfLocation = (evse: string, location: string): string =>
  `${evse}.kind = 'evse' and ${evse}.country_code = ${location}.country_code
  and ${evse}.party_id = ${location}.party_id
  and ${evse}.id > ${location}.id || '/' and ${evse}.id < ${location}.id || '0'`
