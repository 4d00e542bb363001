import type { Statement } from '../../database/index.js'

/**
 * CDRs received and checked since $1, by partner and currency: how many, and of those that nobody decided about how many differ,
 * by how much and mostly why. A total differs because a part does, so a part counts first.
 */
export const selectDisagreeing: Statement = {
  name: 'health/select-disagreeing',
  text: `
with checked as (
  select c.partner_id, coalesce(o.document ->> 'currency', '') as currency,
    c.outcome = 'differs' and c.state in ('open', 'held') as off,
    document_number(coalesce(c.difference -> 'after_taxes', c.difference -> 'before_taxes')) as difference,
    (select f ->> 'code' from jsonb_array_elements(c.findings) as f
     order by f ->> 'code' = 'total_differs', f ->> 'severity' = 'error' desc limit 1) as code
  from cdr_checks c
  join objects o on o.kind = 'cdr' and o.country_code = c.country_code and o.party_id = c.party_id and o.id = c.cdr_key
  where c.checked_at >= $1 and c.partner_id is not null
)
select partner_id as "partnerId", currency, count(*)::float8 as checked, count(*) filter (where off)::float8 as count,
  coalesce(sum(difference) filter (where off and difference > -1e17), 0)::text as difference,
  mode() within group (order by code) filter (where off) as commonest
from checked
group by partner_id, currency
having bool_or(off)
`,
}
