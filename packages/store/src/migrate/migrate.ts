import type { Database, Queryable } from '../database/index.js'
import { type Migration, migrations } from '../migrations/index.js'

/** The database was written by a newer release than this one. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew'
}

// Any constant; shared by all releases so that nodes starting together migrate one after the other.
const lock = 4_901_001

const begin = { text: `begin; select pg_advisory_xact_lock(${lock})` }
const commit = { text: 'commit' }
const createTable = {
  text: `create table if not exists schema_migrations (
    id integer primary key,
    name text not null,
    applied_at timestamptz(3) not null default now()
  )`,
}
const selectApplied = { text: 'select id, name from schema_migrations' }
const insertApplied = { text: 'insert into schema_migrations (id, name) values ($1, $2)' }

interface Applied {
  readonly id: number
  readonly name: string
}

const refuseUnknown = (applied: readonly Applied[], known: readonly Migration[]): void => {
  const ids = new Set(known.map(({ id }) => id))
  const unknown = applied.filter(({ id }) => !ids.has(id)).map(({ id, name }) => `${id} ${name}`)
  if (unknown.length === 0) return
  throw new DatabaseTooNew(
    `The database is newer than this release: it has migration ${unknown.join(', ')}. Start the release that made it, or a newer one.`,
  )
}

/** Applies the first missing migration in a transaction of its own; false when none is missing. */
const applyNext = async (session: Queryable, known: readonly Migration[]): Promise<boolean> => {
  await session.query(begin)
  await session.query(createTable)
  const { rows } = await session.query<Applied>(selectApplied)
  refuseUnknown(rows, known)
  const done = new Set(rows.map(({ id }) => id))
  const next = known.find(({ id }) => !done.has(id))
  if (next !== undefined) {
    await session.query({ text: next.sql })
    await session.query(insertApplied, [next.id, next.name])
  }
  await session.query(commit)
  return next !== undefined
}

/** Brings the schema up to this release, forward only; throws `DatabaseTooNew` rather than touch a newer one. */
export const migrate = (database: Database, known: readonly Migration[] = migrations): Promise<void> => {
  const ordered = [...known].sort((a, b) => a.id - b.id)
  return database.session(async (session) => {
    while (await applyNext(session, ordered)) {
      // one transaction each, so that a failure keeps what came before
    }
  })
}
