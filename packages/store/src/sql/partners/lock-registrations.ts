import type { Statement } from '../../database/index.js'

/** Holds back other registrations until the transaction ends. */
export const lockRegistrations: Statement = {
  name: 'partners/lock-registrations',
  text: `select pg_advisory_xact_lock(hashtext('interwatt.registrations'))`,
}
