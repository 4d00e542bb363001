import type { Statement } from '../../database/index.js'

/** Parameters: partner, key in four, sequence number, HTTP status, status code, message, time. */
export const upsertRefusal: Statement = {
  name: 'upsert-refusal',
  text: `
insert into sync_refusals (partner_id, kind, country_code, party_id, id, seq, http_status, status_code, message, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (partner_id, kind, country_code, party_id, id) do update set
  seq = excluded.seq, http_status = excluded.http_status, status_code = excluded.status_code,
  message = excluded.message, at = excluded.at
`,
}
