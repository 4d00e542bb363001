import type { Migration } from './migration.js'

/**
 * OCPI messages as they were sent and received, a partition for each day: a day is dropped at once, whatever it holds. Days are made
 * by whoever writes into them. `message_gaps` says where something was not recorded.
 */
export const messages: Migration = {
  id: 50,
  name: 'messages',
  sql: `
create sequence message_ids;

create table messages (
  id bigint not null,
  at timestamptz(3) not null,
  direction text not null,
  partner_id text collate "C",
  partner_name text,
  method text not null,
  origin text,
  path text not null,
  version text,
  module text,
  side text,
  operation text not null,
  object_kind text collate "C",
  object_country text collate "C",
  object_party text collate "C",
  object_id text collate "C",
  http_status integer,
  status_code integer,
  outcome text not null,
  failure text,
  duration_ms real not null,
  request_id text collate "C" not null,
  correlation_id text collate "C" not null,
  attempt integer not null,
  findings json,
  request_headers json not null,
  request_body text,
  request_bytes integer not null,
  request_cut boolean not null,
  request_hidden boolean not null,
  response_headers json,
  response_body text,
  response_bytes integer not null,
  response_cut boolean not null,
  primary key (id, at)
) partition by range (at);

do $$
begin
  alter table messages alter column request_body set compression lz4, alter column response_body set compression lz4;
exception when feature_not_supported then null; -- a server built without lz4
end $$;

create index messages_correlation on messages (correlation_id);
create index messages_request on messages (request_id);
create index messages_object on messages (object_id, object_kind) where object_id is not null;
create index messages_partner on messages (partner_id, id);

create table message_gaps (
  number bigint generated always as identity primary key,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  reason text not null,
  count integer not null
);
create index message_gaps_until on message_gaps (until_at);

create function ensure_message_days(first_day date, last_day date) returns void language plpgsql set lock_timeout = '2s' as $$
declare
  day date;
  name text;
begin
  for day in select generate_series(first_day, last_day, interval '1 day')::date loop
    name := 'messages_' || to_char(day, 'YYYYMMDD');
    if to_regclass(name) is null then
      perform pg_advisory_xact_lock(4901051);
      execute format('create table if not exists %I partition of messages for values from (%L) to (%L)',
        name, day || ' 00:00:00+00', day + 1 || ' 00:00:00+00');
    end if;
  end loop;
end $$;

create function trim_messages(before timestamptz, max_bytes bigint, today date, out dropped integer, out bytes bigint)
language plpgsql set lock_timeout = '2s' as $$
declare
  part record;
begin
  perform pg_advisory_xact_lock(4901051);
  delete from message_gaps where until_at < before;
  dropped := 0;
  select coalesce(sum(pg_total_relation_size(inhrelid)), 0) into bytes
  from pg_inherits where inhparent = 'messages'::regclass;
  for part in
    select c.oid::regclass as name, to_date(right(c.relname, 8), 'YYYYMMDD') as day, pg_total_relation_size(c.oid) as size
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'messages'::regclass
    order by 2
  loop
    exit when (part.day + 1)::timestamp at time zone 'UTC' > before and (bytes <= max_bytes or part.day >= today);
    execute format('drop table %s', part.name);
    bytes := bytes - part.size;
    dropped := dropped + 1;
  end loop;
end $$;
`,
}
