import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase } from '../database/index.js'
import { migrate } from '../migrate/index.js'

/** A fresh, migrated database of its own; drop it when the tests of the file are done. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  readonly database: Database
  /** Closes `database`, ends all other connections and drops the database. */
  drop(): Promise<void>
}

const run = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

const serverUrl = (): string => {
  const url = process.env.INTERWATT_TEST_DATABASE
  if (url !== undefined && url !== '') return url
  throw new Error(
    'INTERWATT_TEST_DATABASE is not set: run through vitest, whose global setup starts a server',
  )
}

/** Makes a database on the server of this test run: `const test = await testDatabase(); afterAll(() => test.drop())`. */
export const testDatabase = async (options: { readonly poolSize?: number } = {}): Promise<TestDatabase> => {
  const server = serverUrl()
  const name = `test_${randomBytes(6).toString('hex')}`
  await run(server, `create database ${name}`)
  const address = new URL(server)
  address.pathname = `/${name}`
  const url = address.href
  const database = await openDatabase({ url, ...options })
  await migrate(database)
  const drop = async (): Promise<void> => {
    await database.close()
    await run(server, `drop database if exists ${name} with (force)`)
  }
  return { url, database, drop, [Symbol.asyncDispose]: drop }
}
