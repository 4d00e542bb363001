export * from './database/index.js'
export * from './migrate/index.js'
export * from './ports/index.js'
export * from './sync/index.js'
