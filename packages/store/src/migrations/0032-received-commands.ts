import type { Migration } from './migration.js'

/** A command that comes again is found by its response_url (CMD-040) without reading all commands. */
export const receivedCommands: Migration = {
  id: 32,
  name: 'received-commands',
  sql: `
create index commands_received on commands (partner_id, response_url, created_at) where direction = 'received';
`,
}
