/** Columns of a stored object. */
export const bookingColumns = `kind, country_code, party_id, id, document, last_updated, version_in, unmapped, received_from,
  created_seq, changed_seq, previous_seq, changed_fields, deleted_at`
