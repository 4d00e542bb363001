/**
 * CDRs (alias `o`) that ended from $1 on and before $2, of or for the party $3 such as `DE/IWC` (null for all), that no live invoice record
 * between their owner and their payer lists, whichever of them issued it (INV-026). A record cannot be older than the CDRs it lists.
 */
export const uninvoicedCdrs = `
with listed as materialized (
  select distinct r.country_code || '/' || r.party_id as issuer, r.addressee, upper(entry.cdr collate "C") as cdr
  from objects r
  cross join lateral jsonb_array_elements_text(r.document -> 'cdrs') as entry (cdr)
  where r.kind = 'invoice_reconciliation_record' and r.deleted_at is null and r.last_updated >= $1::timestamptz
), ended as (
  select o.*, o.country_code || '/' || o.party_id as owner,
    upper((o.document -> 'cdr_token' ->> 'country_code') collate "C") || '/'
      || upper((o.document -> 'cdr_token' ->> 'party_id') collate "C") as payer
  from objects o
  where o.kind = 'cdr' and o.deleted_at is null
    and left((o.document ->> 'end_date_time') collate "C", 10)
      >= to_char($1::timestamptz - interval '1 day', 'YYYY-MM-DD') collate "C"
    and left((o.document ->> 'end_date_time') collate "C", 10)
      <= to_char($2::timestamptz + interval '1 day', 'YYYY-MM-DD') collate "C"
    and (o.document ->> 'end_date_time')::timestamptz >= $1::timestamptz
    and (o.document ->> 'end_date_time')::timestamptz < $2::timestamptz
), uninvoiced as (
  select o.* from ended o
  where ($3::text is null or $3::text in (o.owner, o.payer))
    and not exists (
      select from listed l
      where l.cdr = upper((o.document ->> 'id') collate "C")
        and ((l.issuer = o.owner and l.addressee = o.payer) or (l.issuer = o.payer and l.addressee = o.owner))
    )
)`
