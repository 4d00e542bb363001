import type { Statement } from '../../database/index.js'

/** Writes checks with their decisions; $1 is a JSON list of rows named as the columns. */
export const upsertChecks: Statement = {
  name: 'cdr-checks/upsert-checks',
  text: `
insert into cdr_checks (
  country_code, party_id, cdr_key, partner_id, checked_at, outcome, difference, findings, report, basis,
  state, note, reviewed_by, reviewed_at
)
select * from jsonb_to_recordset($1::jsonb) as row (
  country_code text, party_id text, cdr_key text, partner_id text, checked_at timestamptz, outcome text,
  difference jsonb, findings jsonb, report jsonb, basis jsonb,
  state text, note text, reviewed_by text, reviewed_at timestamptz
)
on conflict (country_code, party_id, cdr_key) do update set
  partner_id = excluded.partner_id,
  checked_at = excluded.checked_at, outcome = excluded.outcome, difference = excluded.difference,
  findings = excluded.findings, report = excluded.report, basis = excluded.basis,
  state = excluded.state, note = excluded.note,
  reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at
`,
}
