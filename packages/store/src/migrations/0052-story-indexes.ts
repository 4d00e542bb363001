import type { Migration } from './migration.js'

/** What belongs to a session is found without reading all commands and decisions. */
export const storyIndexes: Migration = {
  id: 52,
  name: 'story indexes',
  sql: `
create index commands_of_session on commands (upper(session_id)) where session_id is not null;
create index commands_about_session on commands (upper(request ->> 'session_id')) where request ->> 'session_id' is not null;
create index commands_by_reference on commands (upper(request ->> 'authorization_reference'))
  where request ->> 'authorization_reference' is not null;
create index authorizations_reference on authorizations (authorization_reference) where authorization_reference is not null;
`,
}
