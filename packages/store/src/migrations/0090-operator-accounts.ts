import type { Migration } from './migration.js'

/**
 * Accounts of people, beside keys: a login with a password of which only a salted hash is kept, and a code that sets it once. A
 * sign-in belongs to a key or to an account; it ends with either.
 */
export const operatorAccounts: Migration = {
  id: 90,
  name: 'operator-accounts',
  sql: `
create table operator_accounts (
  id text collate "C" primary key,
  login text collate "C" not null unique,
  name text not null,
  role text not null check (role in ('admin', 'operator', 'support', 'read-only')),
  password text,
  invitation_hash text collate "C" unique,
  invitation_expires_at timestamptz(3),
  invited_by text not null,
  created_at timestamptz(3) not null,
  last_sign_in_at timestamptz(3),
  disabled_at timestamptz(3)
);

alter table operator_sessions
  alter column key_id drop not null,
  add column account_id text collate "C" references operator_accounts (id) on delete cascade,
  add constraint operator_sessions_holder check ((key_id is null) <> (account_id is null));

create index operator_sessions_account on operator_sessions (account_id) where account_id is not null;
`,
}
