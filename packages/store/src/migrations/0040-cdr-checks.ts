import type { Migration } from './migration.js'

/**
 * Checks of CDRs, what was decided about them, and up to which change CDRs were taken up. CDRs stored before this step
 * are checked when somebody asks for it. A CDR is found by its session, a credit by what it credits.
 */
export const cdrChecks: Migration = {
  id: 40,
  name: 'checks of CDRs',
  sql: `
create table cdr_check_position (
  single boolean primary key default true check (single),
  seq bigint not null
);
insert into cdr_check_position (seq) select last_value from change_seq;

create table cdr_checks (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  cdr_key text collate "C" not null,
  partner_id text collate "C",
  due_at timestamptz(3),
  arrived boolean not null default false,
  failures integer not null default 0,
  checked_at timestamptz(3),
  outcome text,
  difference jsonb,
  findings jsonb not null default '[]',
  report jsonb,
  basis jsonb,
  state text not null default 'open',
  note text,
  reviewed_by text,
  reviewed_at timestamptz(3),
  primary key (country_code, party_id, cdr_key)
);
create index cdr_checks_due on cdr_checks (due_at) where due_at is not null;
create index cdr_checks_state on cdr_checks (state) where state <> 'open';
create index cdr_checks_outcome on cdr_checks (outcome) where outcome <> 'agrees';
create index cdr_checks_findings on cdr_checks using gin (findings jsonb_path_ops);

create table cdr_reviews (
  number bigint generated always as identity primary key,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  cdr_key text collate "C" not null,
  state text not null,
  note text,
  by text not null,
  at timestamptz(3) not null
);
create index cdr_reviews_cdr on cdr_reviews (country_code, party_id, cdr_key, number);

create index objects_cdr_session on objects (country_code, party_id, upper((document ->> 'session_id') collate "C"))
  where kind = 'cdr';
create index objects_cdr_credit on objects (
  country_code, party_id, upper((document ->> 'credit_reference_id') collate "C")
) where kind = 'cdr' and document ? 'credit_reference_id';
`,
}
