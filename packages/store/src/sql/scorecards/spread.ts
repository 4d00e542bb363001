/** Median and 95th percentile of an expression in seconds, beside the number of rows. */
export const spreadOf = (seconds: string): string => `count(*)::float8 as samples,
  percentile_cont(0.5) within group (order by ${seconds}) as "p50S",
  percentile_cont(0.95) within group (order by ${seconds}) as "p95S"`
