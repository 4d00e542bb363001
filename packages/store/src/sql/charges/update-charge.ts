import type { Statement } from '../../database/index.js'
import { chargeColumns } from './charge-columns.js'

/** Changes the charge $1: the fields that $2, a JSON object, names. */
export const updateCharge: Statement = {
  name: 'charges/update',
  text: `
update driver_charges c
set failure = case when $2::jsonb ? 'failure' then nullif($2::jsonb -> 'failure', 'null') else c.failure end,
  stop = case when $2::jsonb ? 'stop' then nullif($2::jsonb -> 'stop', 'null') else c.stop end,
  stop_command_id = case when $2::jsonb ? 'stopCommandId' then $2::jsonb ->> 'stopCommandId' else c.stop_command_id end,
  preferences = case when $2::jsonb ? 'preferences' then nullif($2::jsonb -> 'preferences', 'null') else c.preferences end,
  session_key = case when $2::jsonb ? 'sessionKey' then $2::jsonb ->> 'sessionKey' else c.session_key end,
  shares_clock = case when $2::jsonb ? 'sharesClock' then ($2::jsonb ->> 'sharesClock')::boolean else c.shares_clock end,
  is_open = case when $2::jsonb ? 'isOpen' then ($2::jsonb ->> 'isOpen')::boolean else c.is_open end
where c.id = $1
  and not ($2::jsonb ? 'sessionKey' and exists (
    select 1 from driver_charges taken
    where taken.country_code = c.country_code and taken.party_id = c.party_id and taken.session_key = $2::jsonb ->> 'sessionKey'
      and taken.id <> c.id
  ))
returning ${chargeColumns}
`,
}
