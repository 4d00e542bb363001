import { type Database, StoreUnavailable, tellsUnavailable } from '../database/index.js'
import { writeLock } from '../objects/commit-batch.js'
import { Gatherer } from '../objects/gatherer.js'
import { objectKinds } from '../objects/object-store.js'
import { asUnstorable } from '../objects/unstorable.js'
import type { EventStore, FeedEntry, NodeEvent } from '../ports/events.js'
import { deleteEvents } from '../sql/events/delete-events.js'
import { insertEvents } from '../sql/events/insert-events.js'
import { selectFeed } from '../sql/events/select-feed.js'

/** Settings of the event store. */
export interface EventStoreOptions {
  /** Clock for the time of an event. */
  readonly now?: () => Date
}

interface Append {
  readonly event: NodeEvent
  readonly resolve: (seq: number) => void
  readonly reject: (error: unknown) => void
}

const limits = { items: 256, cost: 256, waiting: 10_000, gatherMs: 2 }

/** `command.*` as a LIKE pattern; everything else literally. */
const likePattern = (type: string): string => {
  const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
  return type.endsWith('*') ? `${literal(type.slice(0, -1))}%` : literal(type)
}

const mayMatch = (type: string, prefix: string): boolean => {
  const start = type.endsWith('*') ? type.slice(0, -1) : type
  return start.startsWith(prefix) || (type.endsWith('*') && prefix.startsWith(start))
}

/** Kinds whose changes can have one of these types; the others are not even looked at. */
const kindsOf = (types: readonly string[] | undefined): readonly string[] =>
  types === undefined
    ? objectKinds
    : objectKinds.filter((kind) => types.some((type) => mayMatch(type, `${kind}.`)))

const wanted = (types: readonly string[] | undefined): readonly string[] | undefined =>
  types === undefined || types.length === 0 ? undefined : types

/** Events and the feed in PostgreSQL; appends of the same moment share one commit. */
export const createEventStore = (database: Database, options: EventStoreOptions = {}): EventStore => {
  const { now = () => new Date() } = options
  const gatherer = new Gatherer<Append>((appends) => store(appends), limits)

  const insert = (events: readonly NodeEvent[]): Promise<number> =>
    database.transaction(
      async (tx) => {
        const params = [JSON.stringify(events), events.length, now().toISOString()]
        const { rows } = await tx.query<{ base_seq: number }>(insertEvents, params)
        return rows[0]?.base_seq ?? 0
      },
      { lock: writeLock },
    )

  const store = async (appends: readonly Append[]): Promise<void> => {
    try {
      const base = await insert(appends.map(({ event }) => event))
      for (const [index, { resolve }] of appends.entries()) resolve(base + index + 1)
    } catch (error) {
      if (appends.length === 1 || tellsUnavailable(error)) {
        for (const { reject } of appends) reject(asUnstorable(error))
        return
      }
      const middle = Math.ceil(appends.length / 2)
      await store(appends.slice(0, middle))
      await store(appends.slice(middle))
    }
  }

  return {
    append: (event) =>
      new Promise((resolve, reject) => {
        if (!gatherer.add({ event, resolve, reject }, 1)) {
          reject(new StoreUnavailable('Too many events are waiting'))
        }
      }),
    async feed({ after, limit, types }) {
      const named = wanted(types)
      const params = [after, kindsOf(named), limit, named?.map(likePattern) ?? null]
      const { rows } = await database.query<FeedEntry>(selectFeed, params)
      return rows
    },
    async prune(before) {
      return (await database.query(deleteEvents, [before])).rowCount
    },
  }
}
