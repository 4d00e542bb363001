import type { Statement } from '../../database/index.js'
import { settled } from '../objects/object-columns.js'

const objectsOf = (kind: 'session' | 'cdr'): string => `
(
  select '${kind}' as source, o.changed_seq as seq, o.country_code, o.party_id, o.id, o.document, o.document -> 'cdr_token' as token
  from position p
  cross join lateral (
    select * from objects o
    where o.kind = '${kind}' and o.changed_seq > p.seq and ${settled('o.changed_xid')}
    order by o.changed_seq
    limit $1
  ) o
)`

/**
 * The position, how far this look reaches, and what happened in between to drivers: changes of sessions and CDRs on their contracts, and
 * of commands they sent. At most $1 things are looked at; they are a whole stretch of the sequence.
 */
export const selectChargeNews: Statement = {
  name: 'charges/select-news',
  text: `
with position as materialized (select seq from driver_charge_position),
looked as materialized (
  select * from (
    ${objectsOf('session')}
    union all
    ${objectsOf('cdr')}
    union all
    (
      select 'command', e.seq, null, null, e.subject, e.data -> 'request', e.data -> 'request' -> 'token'
      from position p
      cross join lateral (
        select * from events e
        where e.type = 'command.updated' and e.seq > p.seq and ${settled('e.xid')}
        order by e.seq
        limit $1
      ) e
    )
  ) merged
  order by seq
  limit $1
)
select position.seq as position_seq, reach.seq as through_seq, reach.looked as looked, n.source, n.country_code, n.party_id, n.id,
  n.document, n.driver_id
from position
cross join (select max(seq) as seq, count(*)::int as looked from looked) reach
left join (
  select l.*, d.driver_id
  from looked l
  cross join lateral (
    select d.id as driver_id from drivers d
    where d.contract_id = upper(l.token ->> 'contract_id') and d.country_code = upper(l.token ->> 'country_code')
      and d.party_id = upper(l.token ->> 'party_id')
    union
    select c.driver_id from driver_charges c where l.source = 'command' and c.stop_command_id = l.id
    union
    select r.driver_id from driver_reservations r where l.source = 'command' and r.id::text = l.document ->> 'reservation_id'
  ) d
) n on true
order by n.seq
`,
}
