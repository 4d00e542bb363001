import type { Statement } from '../../database/index.js'
import { settled } from '../objects/object-columns.js'

/**
 * Object changes of kinds $2 and events above $1 in one order, at most $3. $4 (null: all) are wanted types, `prefix*`
 * allowed. An object is `created` for whoever has not seen it yet, that is when it was created above $1.
 */
export const selectFeed: Statement = {
  name: 'select-feed',
  text: `
select feed.*
from (
  (
    select o.changed_seq as seq, o.changed_at as at, o.type, o.subject, o.data
    from unnest($2::text[]) as wanted (kind)
    cross join lateral (
      select named.* from (
        select c.changed_seq, c.changed_at,
          c.kind || case
            when c.deleted_at is not null then '.deleted' when c.created_seq > $1 then '.created' else '.updated'
          end as type,
          c.country_code || '*' || c.party_id || '/' || c.id as subject,
          case when c.kind = 'evse' then c.document || jsonb_build_object('location_id', coalesce(
            (select l.document -> 'id' from objects l where l.kind = 'location' and l.country_code = c.country_code
              and l.party_id = c.party_id and l.id = split_part(c.id, '/', 1)),
            to_jsonb(split_part(c.id, '/', 1))))
          else c.document end as data
        from objects c
        where c.kind = wanted.kind and c.changed_seq > $1 and ${settled('c.changed_xid')}
      ) named
      where $4::text[] is null or named.type like any ($4)
      order by named.changed_seq
      limit $3
    ) o
  )
  union all
  (
    select e.seq, e.at, e.type, e.subject, e.data
    from events e
    where e.seq > $1 and ${settled('e.xid')} and ($4::text[] is null or e.type like any ($4))
    order by e.seq
    limit $3
  )
) feed
order by feed.seq
limit $3`,
}
