/** Sums over rows of counts, beside the columns they are grouped by. `at` is the start of the first span. */
export const summedExchanges = `min(x.at) as at, sum(x.ok)::float8 as ok, sum(x.refused)::float8 as refused,
  sum(x.failed)::float8 as failed, sum(x.timed_out)::float8 as "timedOut", max(x.longest_ms) as "longestMs",
  max(x.answered_at) as "answeredAt", max(x.failed_at) as "failedAt",
  (array_agg(x.failure order by x.failed_at desc nulls last))[1] as failure,
  (array_agg(x.http_status order by x.failed_at desc nulls last))[1] as "httpStatus",
  (array_agg(x.skew_ms::float8 order by x.at desc) filter (where x.skew_ms is not null))[1] as "skewMs"`

/** Bucket by bucket, the sum over rows that `rows` (an SQL condition on `y`) names. */
export const summedBuckets = (rows: string): string => `array(
    select sum(b)::float8 from partner_exchanges y, unnest(y.buckets) with ordinality as each (b, place)
    where ${rows} group by place order by place
  ) as buckets`
