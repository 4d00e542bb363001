export { contentOfRemainder } from './content-hash.js'
export { InvalidCursor } from './cursor.js'

export { createObjectStore, type ObjectStoreOptions, objectKinds } from './object-store.js'
export { createStationRowStore } from './station-row-store.js'
export { SlotTaken, UnstorableDocument } from './unstorable.js'
