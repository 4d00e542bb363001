import type { Statement } from '../../database/index.js'

/** What checks of CDRs of partner $1 gave since $2, by currency, with the amounts they state before taxes. */
export const selectPriceAgreement: Statement = {
  name: 'scorecards/select-price-agreement',
  text: `
select currency, count(*)::float8 as cdrs, count(*) filter (where outcome = 'agrees')::float8 as agrees,
  count(*) filter (where outcome = 'differs')::float8 as differs,
  count(*) filter (where outcome = 'unpriced')::float8 as unpriced,
  coalesce(sum(stated) filter (where outcome <> 'unpriced'), 0)::text as stated,
  coalesce(sum(stated) filter (where outcome = 'agrees'), 0)::text as "statedAgreed",
  round(coalesce(sum(stated) filter (where outcome = 'agrees'), 0)
    / nullif(sum(stated) filter (where outcome <> 'unpriced'), 0), 4)::float8 as share
from (
  select coalesce(o.document ->> 'currency', '') as currency, c.outcome,
    greatest(document_number(o.document -> 'total_cost' -> 'before_taxes'), 0) as stated
  from cdr_checks c
  join objects o on o.kind = 'cdr' and o.country_code = c.country_code and o.party_id = c.party_id and o.id = c.cdr_key
  where c.partner_id = $1 and c.checked_at >= $2 and c.outcome is not null
) checked
group by currency
order by cdrs desc, currency
`,
}
