import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'
import { ofDriver } from './of-driver.js'

/** Sessions and CDRs, no credits and no reservations, on the contract of the driver $1 that no charge is known of. */
export const selectUnknownObjects: Statement = {
  name: 'charges/select-unknown-objects',
  text: `
select ${objectColumns}
from drivers d
join objects o on o.kind in ('session', 'cdr') and ${ofDriver}
where d.id = $1 and o.deleted_at is null and (o.document ->> 'credit') is distinct from 'true'
  and (o.document ->> 'status') is distinct from 'RESERVATION'
  and not exists (
    select 1 from driver_charges c
    where c.country_code = o.country_code and c.party_id = o.party_id
      and (c.session_key = case o.kind when 'session' then o.id else upper(o.document ->> 'session_id') end)
  )
  and not exists (
    select 1 from driver_charges c
    where o.kind = 'cdr' and c.country_code = o.country_code and c.party_id = o.party_id and c.cdr_key = o.id
  )
  and not exists (
    select 1 from driver_charges c
    where o.kind = 'cdr' and o.document ->> 'session_id' is null and c.session_key is not null and c.driver_id = $1
      and upper(c.authorization_reference) = upper(o.document ->> 'authorization_reference')
  )
order by o.created_seq
limit 200
`,
}
