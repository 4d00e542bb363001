import { type Account, account } from './account.js'
import { requestOptions } from './passkey-options.js'
import { nothing } from './reading.js'
import { ask, type Sending } from './request.js'

/** A request of the sign-in itself: never asks for a sign-in. */
const sent = (method: 'POST' | 'DELETE', body: Sending['body'] = {}): Sending => ({
  method,
  body,
  signIn: false,
})

/** Has a one-time code sent; the answer does not tell whether the address is known. */
export const sendCode = (email: string, lang: string): Promise<void> =>
  ask('/sign-in/code', nothing, sent('POST', { email, lang }))

/** Signs in with a one-time code. */
export const signInWithCode = (email: string, code: string): Promise<Account> =>
  ask('/sign-in', account, sent('POST', { email, code }))

/** Signs in as the test driver of a demonstration. */
export const signInToDemo = (language: string): Promise<Account> =>
  ask('/sign-in/demo', account, sent('POST', { language }))

/** Signs in with a passkey of this device; throws what the browser throws when the person closes its dialog. */
export const signInWithPasskey = async (): Promise<Account> => {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const optionsJSON = await ask('/sign-in/passkey/options', requestOptions, sent('POST'))
  const credential = await startAuthentication({ optionsJSON })
  return ask('/sign-in/passkey', account, sent('POST', { credential }))
}

/** Ends the sign-in. */
export const endSignIn = (): Promise<void> => ask('/sign-in', nothing, sent('DELETE'))
