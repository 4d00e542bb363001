import type { Database } from '../database/index.js'
import type { MessageGap, MessageStore, NewMessage } from '../ports/index.js'
import { ensureDays } from '../sql/messages/ensure-days.js'
import { insertMessages, messageChannel } from '../sql/messages/insert-messages.js'
import { selectCorrelation } from '../sql/messages/select-correlation.js'
import { selectGaps } from '../sql/messages/select-gaps.js'
import { selectMessage } from '../sql/messages/select-message.js'
import { selectMessages } from '../sql/messages/select-messages.js'
import { selectMessagesSince } from '../sql/messages/select-messages-since.js'
import { selectNewestMessage } from '../sql/messages/select-newest-message.js'
import { selectStory } from '../sql/messages/select-story.js'
import { trimMessages } from '../sql/messages/trim-messages.js'
import { BodyBytes } from './body-bytes.js'
import {
  type FactsRow,
  filterParams,
  type MessageRow,
  messageOfRow,
  type StoryRow,
  wholeMessageOfRow,
} from './message-rows.js'
import { MESSAGE, textOfMessage } from './message-text.js'

const DAY_MS = 86_400_000

const dayOf = (iso: string): string => iso.slice(0, 10)
const dayAfter = (day: string): string => dayOf(new Date(Date.parse(day) + DAY_MS).toISOString())

const gapRow = ({ fromAt, untilAt, reason, count }: MessageGap) => ({
  from_at: fromAt,
  until_at: untilAt,
  reason,
  count,
})

/** Messages in PostgreSQL, a partition for each day in UTC. */
export const createMessageStore = (database: Database): MessageStore => {
  /** Last day for which a partition is known to be there, and the first one. */
  let known: { readonly first: string; readonly last: string } | undefined
  const ensure = async (messages: readonly NewMessage[]): Promise<void> => {
    const days = messages.map(({ at }) => dayOf(at)).sort()
    const [first, last] = [days[0], days.at(-1)]
    if (first === undefined || last === undefined) return
    if (known !== undefined && first >= known.first && last <= known.last) return
    // The next day too, so that midnight makes nobody wait.
    await database.query(ensureDays, [first, dayAfter(last)])
    known = { first, last }
  }
  return {
    async add(messages, gaps) {
      if (messages.length === 0 && gaps.length === 0) return
      await ensure(messages)
      const bodies = new BodyBytes()
      const texts = messages.map((message) => {
        const request = bodies.add(message.requestBody)
        return textOfMessage(message, request, bodies.add(message.responseBody))
      })
      const params = [
        texts.length === 0 ? null : texts.join(MESSAGE),
        JSON.stringify(gaps.map(gapRow)),
        bodies.all(),
      ]
      await database.query(insertMessages, params)
    },
    async list(filter, { below, limit }) {
      const params = [...filterParams(filter), below ?? null, limit]
      return (await database.query<FactsRow>(selectMessages, params)).rows.map(messageOfRow)
    },
    async since(filter, { after, limit }) {
      const params = [...filterParams(filter), after, limit]
      return (await database.query<FactsRow>(selectMessagesSince, params)).rows.map(messageOfRow)
    },
    newest: async () => (await database.query<{ id: number }>(selectNewestMessage)).rows[0]?.id ?? 0,
    async get(id) {
      const { rows } = await database.query<MessageRow>(selectMessage, [id])
      return rows[0] && wholeMessageOfRow(rows[0])
    },
    async ofCorrelation(correlationId, limit) {
      const { rows } = await database.query<FactsRow>(selectCorrelation, [correlationId, limit])
      return rows.map(messageOfRow)
    },
    async ofStory({ sessionId, countryCode, partyId, cdrIds, correlationIds, limit }) {
      const params = [sessionId, countryCode, partyId, [...cdrIds], [...correlationIds], limit]
      return (await database.query<StoryRow>(selectStory, params)).rows.map(messageOfRow)
    },
    gaps: async (from, to) => (await database.query<MessageGap>(selectGaps, [from, to])).rows,
    async trim({ before, maxBytes, now }) {
      const params = [before, maxBytes, dayOf(now)]
      const { rows } = await database.query<{ dropped: number; bytes: number }>(trimMessages, params)
      // Another node may have dropped days too; they are made anew when something is written into them.
      known = undefined
      return rows[0] ?? { dropped: 0, bytes: 0 }
    },
    onStored: (stored) => database.listen(messageChannel, stored),
  }
}
