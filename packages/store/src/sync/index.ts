export { createSyncStore } from './sync-store.js'
