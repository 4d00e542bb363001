import type { Statement } from '../../database/index.js'

/** Opens a problem, or refreshes the open one: partner, rule, severity, reason, remedy, facts, since, now. */
export const upsertProblem: Statement = {
  name: 'health/upsert-problem',
  text: `
insert into partner_problems (partner_id, rule, severity, reason, remedy, facts, since, seen_at)
select $1::text, $2::text, $3::text, $4::text, $5::text, $6::jsonb, $7::timestamptz, $8::timestamptz
where exists (select from partners p where p.id = $1)
on conflict (partner_id, rule) where ended_at is null do update set
  severity = excluded.severity, reason = excluded.reason, remedy = excluded.remedy, facts = excluded.facts,
  seen_at = excluded.seen_at
`,
}
