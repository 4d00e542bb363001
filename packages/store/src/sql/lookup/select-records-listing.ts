import type { Statement } from '../../database/index.js'

/** Live invoice records of the party $1, $2 that list one of the CDRs $3 (upper case), with those of them that each lists. */
export const selectRecordsListing: Statement = {
  name: 'lookup/select-records-listing',
  text: `
select o.id, o.document ->> 'invoice_id' as invoice_id, found.cdrs
from objects o
cross join lateral (
  select array_agg(distinct upper(listed.cdr)) as cdrs
  from jsonb_array_elements_text(o.document -> 'cdrs') as listed (cdr)
  where upper(listed.cdr) in (select unnest($3::text[]))
) found
where o.kind = 'invoice_reconciliation_record' and o.country_code = $1 and o.party_id = $2 and o.deleted_at is null
  and found.cdrs is not null
order by o.id
`,
}
