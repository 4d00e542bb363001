import { forgetAnswers, putAnswer } from './answers.js'
import { anything, flag, type Json, nothing, optional, type Read, shape, text } from './reading.js'
import { ask } from './request.js'

/** Where the account is. */
export const ACCOUNT = '/account'

/** Reads an account. */
export const account = shape({
  id: text,
  name: optional(text),
  email: optional(text),
  language: text,
  created_at: text,
  is_demo: flag,
  contract_id: optional(text),
  default_vehicle_id: optional(text),
})
/** The account of the driver. */
export type Account = Read<typeof account>

/** What a driver may change of the account; what is missing stays. */
export interface AccountChange {
  readonly name?: string
  readonly language?: string
  readonly default_vehicle_id?: string | null
}

/** Whose account it is; throws `ApiFailure` with kind `sign-in` when nobody is signed in. */
export const getAccount = (): Promise<Account> => ask(ACCOUNT, account)

/** Changes the account; the account as it is then. */
export const changeAccount = async (change: AccountChange): Promise<Account> => {
  const changed = await ask(ACCOUNT, account, { method: 'PATCH', body: change })
  putAnswer(ACCOUNT, changed)
  return changed
}

/** Everything the node has about the driver. */
export const exportAccount = (): Promise<Json> => ask('/account/export', anything, { signIn: true })

/** Deletes the account for good, and what this device kept of it. */
export const deleteAccount = async (): Promise<void> => {
  await ask(ACCOUNT, nothing, { method: 'DELETE', body: { confirm: 'delete' } })
  await forgetAnswers()
}
