export * from './formats.js'
export * from './schema.js'
