import type { Statement } from '../../database/index.js'
import { settled } from '../objects/object-columns.js'

/**
 * Takes up CDRs that were stored or changed since the last time, at most $2, due at $1. Another node that does so at the
 * same moment is not waited for.
 */
export const queueNew: Statement = {
  name: 'cdr-checks/queue-new',
  text: `
with position as materialized (
  select seq from cdr_check_position for update skip locked
),
fresh as materialized (
  select o.country_code, o.party_id, o.id, o.received_from, o.changed_seq, o.deleted_at
  from position, objects o
  where o.kind = 'cdr' and o.changed_seq > position.seq and ${settled('o.changed_xid')}
  order by o.changed_seq
  limit $2
),
queued as (
  insert into cdr_checks (country_code, party_id, cdr_key, partner_id, due_at, arrived)
  select country_code, party_id, id, received_from, $1, true
  from fresh
  where deleted_at is null
  on conflict (country_code, party_id, cdr_key) do update set
    partner_id = excluded.partner_id, due_at = excluded.due_at, arrived = true, failures = 0
)
update cdr_check_position set seq = (select max(changed_seq) from fresh)
where exists (select from fresh)
`,
}
