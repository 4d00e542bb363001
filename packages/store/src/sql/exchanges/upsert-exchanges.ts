import type { Statement } from '../../database/index.js'

/** Adds counts $1, a JSON list. Rows are locked in one order, so that two nodes never wait for each other. */
export const upsertExchanges: Statement = {
  name: 'exchanges/upsert-exchanges',
  text: `
insert into partner_exchanges as x (
  partner_id, span, at, direction, module, ok, refused, failed, timed_out, buckets, longest_ms, asked_minutes,
  answered_minutes, answered_at, failed_at, failure, http_status, skew_ms
)
select partner_id, span, at, direction, module, ok, refused, failed, timed_out, buckets, longest_ms, asked_minutes,
  answered_minutes, answered_at, failed_at, failure, http_status, skew_ms
from json_to_recordset($1::json) as incoming (
  partner_id text, span text, at timestamptz, direction text, module text, ok bigint, refused bigint, failed bigint,
  timed_out bigint, buckets bigint[], longest_ms integer, asked_minutes bigint, answered_minutes bigint,
  answered_at timestamptz, failed_at timestamptz, failure text, http_status integer, skew_ms bigint
)
order by partner_id, span, at, direction, module
on conflict (partner_id, span, at, direction, module) do update set
  ok = x.ok + excluded.ok,
  refused = x.refused + excluded.refused,
  failed = x.failed + excluded.failed,
  timed_out = x.timed_out + excluded.timed_out,
  buckets = array(
    select a + b from unnest(x.buckets, excluded.buckets) with ordinality as each (a, b, place) order by place
  ),
  longest_ms = greatest(x.longest_ms, excluded.longest_ms),
  asked_minutes = x.asked_minutes | excluded.asked_minutes,
  answered_minutes = x.answered_minutes | excluded.answered_minutes,
  answered_at = greatest(x.answered_at, excluded.answered_at),
  failed_at = greatest(x.failed_at, excluded.failed_at),
  failure = coalesce(excluded.failure, x.failure),
  http_status = case when excluded.failed_at is null then x.http_status else excluded.http_status end,
  skew_ms = coalesce(excluded.skew_ms, x.skew_ms)
`,
}
