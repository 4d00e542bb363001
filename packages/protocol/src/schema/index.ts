export * from './field-rules.js'
export * from './formats.js'
export * from './schema.js'
