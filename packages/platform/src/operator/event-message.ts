import type { FeedEntry } from '@interwatt/store'

/** Names of wanted events: `location.updated`, `command.*`, or `*` for all. */
export const EVENT_TYPE_PATTERN = '^(\\*|[a-z][a-z_]*\\.(\\*|[a-z][a-z_]*))$'

/** The JSON of one entry, the same in the event stream and in webhooks. */
export const eventMessage = (entry: FeedEntry): string =>
  JSON.stringify({
    type: entry.type,
    timestamp: entry.at,
    seq: entry.seq,
    subject: entry.subject,
    data: entry.data,
  })
