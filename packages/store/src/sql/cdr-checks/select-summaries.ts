import type { Statement } from '../../database/index.js'

/** Parameters: keys of CDRs as three arrays. Codes of findings come with errors first, each once. */
export const selectSummaries: Statement = {
  name: 'cdr-checks/select-summaries',
  text: `
select country_code, party_id, cdr_key, outcome, difference, state,
  array(
    select finding ->> 'code'
    from jsonb_array_elements(findings) with ordinality as listed (finding, place)
    group by finding ->> 'code'
    order by bool_or(finding ->> 'severity' = 'error') desc, min(place)
  ) as codes
from cdr_checks
where (country_code, party_id, cdr_key) in (select * from unnest($1::text[], $2::text[], $3::text[]))
`,
}
