import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../database/index.js'

/**
 * Resolves when every change committed before is shown to readers: they hold back what comes with a transaction that is open
 * anywhere on the server, in the database of another test too.
 */
export const untilVisible = async (database: Database): Promise<void> => {
  const { rows } = await database.query<{ xid: string }>({ text: 'select pg_current_xact_id()::text as xid' })
  const text = 'select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as visible'
  for (;;) {
    const found = await database.query<{ visible: boolean }>({ text }, [rows[0]?.xid])
    if (found.rows[0]?.visible === true) return
    await sleep(20)
  }
}
