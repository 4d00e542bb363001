import { join } from 'node:path'
import type { Database } from '@interwatt/store'
import { Failure, reasonOf, systemCode } from '../failure.js'
import type { Closers } from './closers.js'

export interface DatabaseChoice {
  /** PostgreSQL address; null starts the embedded server. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly log?: (line: string) => void
}

/** Names a failure of the store as one for people; the store says itself what to do. */
export const databaseFailure = (error: unknown): unknown => {
  const known = error instanceof Error && ['EmbeddedPostgresError', 'StoreUnavailable'].includes(error.name)
  return known ? new Failure(reasonOf(error), { cause: error }) : error
}

const UNUSABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST']

const folderFailure = (error: unknown, dataDir: string): unknown => {
  const code = systemCode(error)
  if (code === undefined || !UNUSABLE.includes(code)) return databaseFailure(error)
  return new Failure(`The data folder ${dataDir} cannot be used: ${code}.`, {
    hint: 'Choose a folder you may write to with --data-dir or DATA_DIR.',
    cause: error,
  })
}

/** Starts the embedded server under `dataDir`; it stops with the closers. */
export const startServer = async (choice: Omit<DatabaseChoice, 'databaseUrl'>, closers: Closers) => {
  const { startEmbeddedPostgres } = await import('@interwatt/store')
  const { log, dataDir } = choice
  try {
    const server = await startEmbeddedPostgres({
      dataDir: join(dataDir, 'postgres'),
      ...(log === undefined ? {} : { log }),
    })
    closers.add(() => server.stop())
    return server
  } catch (error) {
    throw folderFailure(error, dataDir)
  }
}

/** Opens the database of the settings, embedded or by address; everything is closed with the closers. */
export const openNodeDatabase = async (choice: DatabaseChoice, closers: Closers): Promise<Database> => {
  const { openDatabase } = await import('@interwatt/store')
  try {
    const url = choice.databaseUrl ?? (await embeddedUrl(choice, closers))
    const database = await openDatabase({ url })
    closers.add(() => database.close())
    return database
  } catch (error) {
    throw databaseFailure(error)
  }
}

const embeddedUrl = async (choice: DatabaseChoice, closers: Closers): Promise<string> => {
  const server = await startServer(choice, closers)
  await server.createDatabase('interwatt')
  return server.url('interwatt')
}
