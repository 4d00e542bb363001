/** Condition on a session `l`: it is completed, and no CDR of its party names it. */
export const withoutCdr = `l.document ->> 'status' = 'COMPLETED' and not exists (
    select 1 from objects c where c.kind = 'cdr' and c.deleted_at is null
      and c.country_code = l.country_code and c.party_id = l.party_id
      and upper((c.document ->> 'session_id') collate "C") = l.id)`
