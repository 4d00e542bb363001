export { type TestDatabase, testDatabase } from './test-database.js'
export { untilVisible } from './until-visible.js'
