import type { Statement } from '../../database/index.js'

/** Keeps states that a batch replaces: $1 the rows as JSON. */
export const insertTariffStates: Statement = {
  name: 'tariffs/insert-tariff-states',
  text: `
insert into tariff_states (
  country_code, party_id, id, changed_seq, document, last_updated, version_in, unmapped, received_from, deleted_at,
  replaced_at
)
select country_code, party_id, id, changed_seq, document, last_updated, version_in, unmapped, received_from, deleted_at,
  now()
from json_to_recordset($1::json) as replaced (
  country_code text, party_id text, id text, changed_seq bigint, document jsonb, last_updated timestamptz(3),
  version_in text, unmapped jsonb, received_from text, deleted_at timestamptz(3)
)
`,
}
