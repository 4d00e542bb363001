export * from './json-text.js'
export * from './parse-json.js'
