import type { Migration } from './migration.js'

/** What is wrong with partners, one open row for each rule that applies, and what was; and which node looks after it. */
export const partnerProblems: Migration = {
  id: 86,
  name: 'problems of partners',
  sql: `
create table partner_problems (
  number bigint generated always as identity primary key,
  partner_id text collate "C" not null references partners (id) on delete cascade,
  rule text collate "C" not null,
  severity text not null,
  reason text not null,
  remedy text not null,
  facts jsonb not null,
  since timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  ended_at timestamptz(3)
);
create unique index partner_problems_open on partner_problems (partner_id, rule) where ended_at is null;
create index partner_problems_ended on partner_problems (ended_at) where ended_at is not null;

create table health_turn (
  single boolean primary key default true check (single),
  holder text collate "C" not null,
  until_at timestamptz(3) not null
);
insert into health_turn (holder, until_at) values ('', '-infinity');

create index cdr_checks_partner on cdr_checks (partner_id, checked_at) where partner_id is not null;
`,
}
