export { Database, type DatabaseOptions, openDatabase, type TransactionOptions } from './database.js'
export type { Notified } from './listener.js'
export type { Answer, Queryable, Statement } from './statement.js'
export { StoreUnavailable, tellsUnavailable } from './unavailable.js'
