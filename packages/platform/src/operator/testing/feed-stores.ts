import {
  createEventStore,
  createObjectStore,
  type Database,
  type EventStore,
  type ObjectStore,
} from '@interwatt/store'

/** The stores that the feed is read from. */
export const feedStores = (
  database: Database,
): { readonly events: EventStore; readonly objects: ObjectStore } => ({
  events: createEventStore(database),
  objects: createObjectStore(database),
})
