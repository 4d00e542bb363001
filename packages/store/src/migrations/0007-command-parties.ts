import type { Migration } from './migration.js'

/** The party of the partner that asked for a command, and command tokens found without regard to case (TOK-036). */
export const commandParties: Migration = {
  id: 7,
  name: 'command parties',
  sql: `
alter table commands add column partner_party jsonb;

drop index commands_token;
create index commands_token on commands (upper(request -> 'token' ->> 'uid'), number);
`,
}
