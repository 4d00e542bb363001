/** Whether an object `o` is on the token `t` of a driver, by an expression that has an index. */
export const ofDriverToken = `upper((o.document -> 'cdr_token' ->> 'uid') collate "C") = upper(t.uid)
  and upper(o.document -> 'cdr_token' ->> 'country_code') = t.country_code
  and upper(o.document -> 'cdr_token' ->> 'party_id') = t.party_id
  and upper(o.document -> 'cdr_token' ->> 'type') = t.type`
