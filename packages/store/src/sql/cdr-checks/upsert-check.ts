import type { Statement } from '../../database/index.js'

/**
 * Parameters: the key of a CDR, its partner, then check and decision. $15 says whether it ends what waits, $16 the lease
 * that has to be the one it ends (null: whichever it is).
 */
export const upsertCheck: Statement = {
  name: 'cdr-checks/upsert-check',
  text: `
insert into cdr_checks as c (
  country_code, party_id, cdr_key, partner_id, checked_at, outcome, difference, findings, report, basis,
  state, note, reviewed_by, reviewed_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict (country_code, party_id, cdr_key) do update set
  partner_id = excluded.partner_id,
  checked_at = excluded.checked_at, outcome = excluded.outcome, difference = excluded.difference,
  findings = excluded.findings, report = excluded.report, basis = excluded.basis,
  state = excluded.state, note = excluded.note,
  reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at,
  due_at = case when $15 and ($16::timestamptz is null or c.due_at = $16) then null else c.due_at end,
  arrived = c.arrived and not $15,
  failures = case when $15 then 0 else c.failures end
`,
}
