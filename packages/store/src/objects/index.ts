export { InvalidCursor } from './cursor.js'
export { createMapPointStore } from './map-point-store.js'
export { createObjectStore, type ObjectStoreOptions, objectKinds } from './object-store.js'
export { SlotTaken, UnstorableDocument } from './unstorable.js'
