import type { Queryable } from '../database/index.js'
import type { AccountStore, OperatorAccount } from '../ports/index.js'
import { acceptInvitation } from '../sql/access/accept-invitation.js'
import { deleteAccountSessions } from '../sql/access/delete-account-sessions.js'
import { insertAccount } from '../sql/access/insert-account.js'
import { selectAccount } from '../sql/access/select-account.js'
import { selectAccountByInvitation } from '../sql/access/select-account-by-invitation.js'
import { selectAccountByLogin } from '../sql/access/select-account-by-login.js'
import { selectAccounts } from '../sql/access/select-accounts.js'
import { updateAccount } from '../sql/access/update-account.js'

const columnsOf = (a: OperatorAccount): readonly unknown[] => [
  a.id,
  a.login,
  a.name,
  a.role,
  a.password,
  a.invitationHash,
  a.invitationExpiresAt,
  a.invitedBy,
  a.createdAt,
  a.lastSignInAt,
  a.disabledAt,
]

/** Accounts of operators in PostgreSQL. */
export const createAccountStore = (database: Queryable): AccountStore => ({
  async add(account) {
    return (await database.query(insertAccount, columnsOf(account))).rowCount > 0
  },
  async list() {
    return (await database.query<OperatorAccount>(selectAccounts)).rows
  },
  async get(id) {
    return (await database.query<OperatorAccount>(selectAccount, [id])).rows[0]
  },
  async byLogin(login) {
    return (await database.query<OperatorAccount>(selectAccountByLogin, [login])).rows[0]
  },
  async byInvitation(hash, now) {
    return (await database.query<OperatorAccount>(selectAccountByInvitation, [hash, now])).rows[0]
  },
  async accept(hash, now, password) {
    return (await database.query<OperatorAccount>(acceptInvitation, [hash, now, password])).rows[0]
  },
  async update(id, change) {
    return (await database.query(updateAccount, [id, JSON.stringify(change)])).rowCount > 0
  },
  async endSessions(id, except = '') {
    return (await database.query(deleteAccountSessions, [id, except])).rowCount
  },
})
