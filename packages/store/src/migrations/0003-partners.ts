import type { Migration } from './migration.js'

/** Partners, the tokens they may present (hashes only), and the parties this node hosts. */
export const partners: Migration = {
  id: 3,
  name: 'partners',
  sql: `
create table partners (
  id text collate "C" primary key,
  name text not null,
  status text not null,
  version text,
  versions_url text,
  endpoints jsonb not null,
  roles jsonb not null,
  hub_party jsonb,
  outbound_token text,
  token_encoding text,
  status_reason text,
  unlock_allowed boolean not null default false,
  created_at timestamptz(3) not null,
  registered_at timestamptz(3)
);

create table partner_tokens (
  hash text collate "C" primary key,
  partner_id text collate "C" not null references partners (id) on delete cascade,
  purpose text not null,
  expires_at timestamptz(3)
);

create index partner_tokens_partner on partner_tokens (partner_id);

create table parties (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  roles text[] not null,
  business_details jsonb not null,
  primary key (country_code, party_id)
);
`,
}
