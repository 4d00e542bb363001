import type { Statement } from '../../database/index.js'

/** Live invoice records of the party $1, $2 that list one of the CDRs $3 (upper case), with those of them that each lists. */
export const selectRecordsListing: Statement = {
  name: 'lookup/select-records-listing',
  text: `
select o.id, o.document ->> 'invoice_id' as invoice_id, array_agg(distinct upper(listed.cdr)) as cdrs
from objects o
cross join lateral jsonb_array_elements_text(o.document -> 'cdrs') as listed (cdr)
where o.kind = 'invoice_reconciliation_record' and o.country_code = $1 and o.party_id = $2 and o.deleted_at is null
  and upper(listed.cdr) = any ($3::text[])
group by o.id, o.document
order by o.id
`,
}
