import { flag, listOf, oneOf, optional, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'
import { type Role, roles } from './session.js'

const fields = {
  id: text,
  login: text,
  name: text,
  role: oneOf(roles),
  has_password: flag,
  invited_by: text,
  invitation_expires_at: optional(text),
  created_at: text,
  last_sign_in_at: optional(text),
  disabled_at: optional(text),
}
const account = shape(fields)
/** An account of a person. */
export type Account = Read<typeof account>
const invited = shape({ ...fields, invitation_code: text })
/** An account with the code that sets its password, which is not shown again. */
export type InvitedAccount = Read<typeof invited>

export const listAccounts = async (): Promise<readonly Account[]> =>
  (await ask('/accounts', shape({ items: listOf(account) }))).items

/** Invites a person; throws `ApiFailure` with 409 when the login is taken. */
export const inviteAccount = (body: {
  readonly login: string
  readonly name: string
  readonly role: Role
}): Promise<InvitedAccount> => ask('/accounts', invited, { method: 'POST', body })

/** Makes a new code for an account. */
export const inviteAccountAgain = (id: string): Promise<InvitedAccount> =>
  ask(address(['accounts', id, 'invitation']), invited, { method: 'POST' })

/** Changes a role, disables or enables. */
export const changeAccount = (
  id: string,
  body: { readonly role?: Role; readonly disabled?: boolean },
): Promise<Account> => ask(address(['accounts', id]), account, { method: 'PATCH', body })

/** Changes the own password; throws `ApiFailure` with 422 when one of them is not right. */
export const changePassword = async (current: string, password: string): Promise<void> => {
  await ask('/accounts/password', () => undefined, { method: 'PUT', body: { current, password } })
}
