/** Conditions on a message `m`, parameters 1 to 16 in the order of `filterParams`; null does not matter. */
export const messageFilter = `
  ($1::boolean is null or (m.partner_id is null) = $1)
  and ($2::text is null or m.partner_id = $2)
  and ($3::text is null or m.direction = $3)
  and ($4::text is null or m.module = $4)
  and ($5::text is null or m.object_kind = $5)
  and ($6::text is null or m.object_country = $6)
  and ($7::text is null or m.object_party = $7)
  and ($8::text is null or m.object_id = $8)
  and ($9::text is null or m.correlation_id = $9)
  and ($10::text is null or m.request_id = $10)
  and ($11::text is null or m.outcome = $11)
  and ($12::integer is null or m.http_status = $12)
  and ($13::integer is null or m.status_code = $13)
  and ($14::timestamptz is null or m.at >= $14)
  and ($15::timestamptz is null or m.at < $15)
  and ($16::text is null or strpos(lower(m.path), lower($16)) > 0)`
