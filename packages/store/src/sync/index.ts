export { createHearingStore } from './hearing-store.js'
export { createSyncStore } from './sync-store.js'
