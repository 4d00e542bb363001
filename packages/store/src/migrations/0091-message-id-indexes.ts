import type { Migration } from './migration.js'

/**
 * Ids of requests and correlations are random and looked up whole: an index of hashes is half as large as one of ordered texts, and
 * writing into it costs half as much.
 */
export const messageIdIndexes: Migration = {
  id: 91,
  name: 'message-id-indexes',
  sql: `
drop index messages_correlation;
drop index messages_request;
create index messages_correlation on messages using hash (correlation_id);
create index messages_request on messages using hash (request_id);
`,
}
