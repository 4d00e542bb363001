import type { Migration } from './migration.js'

/**
 * How partners answered, counted: a row for each partner, direction, module and span of time, with answer times as counts by
 * bucket. `moment` rows are short and kept for minutes, `hour` rows for weeks. Bits of `asked_minutes` and `answered_minutes`
 * are the minutes of the hour.
 */
export const partnerExchanges: Migration = {
  id: 85,
  name: 'exchanges with partners, counted',
  sql: `
create table partner_exchanges (
  partner_id text collate "C" not null,
  span text collate "C" not null,
  at timestamptz(3) not null,
  direction text collate "C" not null,
  module text collate "C" not null,
  ok bigint not null,
  refused bigint not null,
  failed bigint not null,
  timed_out bigint not null,
  buckets bigint[] not null,
  longest_ms integer not null,
  asked_minutes bigint not null,
  answered_minutes bigint not null,
  answered_at timestamptz(3),
  failed_at timestamptz(3),
  failure text,
  http_status integer,
  skew_ms bigint,
  primary key (partner_id, span, at, direction, module)
) with (fillfactor = 70);

create index partner_exchanges_at on partner_exchanges (span, at);
`,
}
