export * from './catalogue.js'
export * from './json-schema.js'
