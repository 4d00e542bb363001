import type { Migration } from './migration.js'

/**
 * Connections that stand for one party of ours in one role (2.1.1), and the tokens of a contract: older sessions and CDRs name
 * the contract alone.
 */
export const onePartyConnections: Migration = {
  id: 12,
  name: 'one party connections',
  sql: `
alter table partners add column own jsonb;

create index objects_token_contract on objects (upper((document ->> 'contract_id') collate "C")) where kind = 'token';

create index authorizations_token on authorizations (token_uid, at);
`,
}
