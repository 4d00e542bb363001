export { InvalidCursor } from './cursor.js'
export { createObjectStore, type ObjectStoreOptions, objectKinds } from './object-store.js'
export { UnstorableDocument } from './unstorable.js'
