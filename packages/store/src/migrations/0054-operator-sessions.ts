import type { Migration } from './migration.js'

/** Sign-ins of the console. The cookie holds a random text of which only the hash is kept; a withdrawn key ends its sign-ins. */
export const operatorSessions: Migration = {
  id: 54,
  name: 'operator-sessions',
  sql: `
create table operator_sessions (
  hash text collate "C" primary key,
  key_id text collate "C" not null references api_keys (id) on delete cascade,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);

create index operator_sessions_key on operator_sessions (key_id);
create index operator_sessions_expiry on operator_sessions (expires_at);
`,
}
