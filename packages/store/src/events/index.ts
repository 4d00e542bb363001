export { createEventStore, type EventStoreOptions } from './event-store.js'
