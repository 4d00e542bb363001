import type { Statement } from '../../database/index.js'

/** Parameters: one array for each column. Partners that are gone are left out. */
export const upsertFindings: Statement = {
  name: 'findings/upsert-findings',
  text: `
insert into partner_findings as f
  (partner_id, operation, pointer, code, rule, severity, message, count, first_at, last_at, example)
select n.*
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
  $9::timestamptz[], $10::timestamptz[], $11::text[])
  as n (partner_id, operation, pointer, code, rule, severity, message, count, first_at, last_at, example)
where exists (select from partners p where p.id = n.partner_id)
on conflict (partner_id, operation, pointer, code) do update set
  rule = excluded.rule, severity = excluded.severity, message = excluded.message, example = excluded.example,
  count = f.count + excluded.count, last_at = greatest(f.last_at, excluded.last_at)
`,
}
