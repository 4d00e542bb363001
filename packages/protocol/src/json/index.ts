export { contentEquals, isJsonObject, type JsonObject } from './json-object.js'
export * from './json-text.js'
export * from './parse-json.js'
