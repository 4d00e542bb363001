/** Whether an object `o` is on the contract of a driver `d`, by an expression that has an index; contract ids of drivers are in upper case. */
export const ofDriver = `upper((o.document -> 'cdr_token' ->> 'contract_id') collate "C") = d.contract_id
  and upper(o.document -> 'cdr_token' ->> 'country_code') = d.country_code
  and upper(o.document -> 'cdr_token' ->> 'party_id') = d.party_id`
