import type { Migration } from './migration.js'

/**
 * Every status an EVSE had, one row for each change, a partition for each day in UTC. Days are made ahead; what comes when there
 * is none goes to a partition of its own.
 */
export const evseStatuses: Migration = {
  id: 87,
  name: 'statuses of EVSEs over time',
  sql: `
create table evse_statuses (
  arrived_at timestamptz(3) not null,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  id text collate "C" not null,
  status text not null,
  before text,
  last_updated timestamptz(3) not null,
  received_from text collate "C"
) partition by range (arrived_at);

create index evse_statuses_evse on evse_statuses (country_code, party_id, id, arrived_at);
create index evse_statuses_arrived on evse_statuses (arrived_at);
create table evse_statuses_other partition of evse_statuses default;

create function tend_evse_statuses(keep_days integer) returns integer language plpgsql set lock_timeout = '2s' as $$
declare
  day date;
  name text;
  part record;
  dropped integer := 0;
  today date := (now() at time zone 'UTC')::date;
begin
  perform pg_advisory_xact_lock(4901087);
  for day in select generate_series(today, today + 2, interval '1 day')::date loop
    name := 'evse_statuses_' || to_char(day, 'YYYYMMDD');
    if to_regclass(name) is null and not exists (
      select from evse_statuses_other where arrived_at >= day::timestamp at time zone 'UTC'
        and arrived_at < (day + 1)::timestamp at time zone 'UTC'
    ) then
      execute format('create table %I partition of evse_statuses for values from (%L) to (%L)',
        name, day || ' 00:00:00+00', day + 1 || ' 00:00:00+00');
    end if;
  end loop;
  for part in
    select c.oid::regclass as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'evse_statuses'::regclass and c.relname ~ '_\\d{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < today - keep_days
  loop
    execute format('drop table %s', part.name);
    dropped := dropped + 1;
  end loop;
  delete from evse_statuses_other where arrived_at < now() - make_interval(days => keep_days);
  return dropped;
end $$;

select tend_evse_statuses(30);
`,
}
