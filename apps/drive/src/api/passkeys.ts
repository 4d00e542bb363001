import { readAgain, type UsedAnswer, useAnswer } from './answers.js'
import { creationOptions } from './passkey-options.js'
import { anything, itemsOf, nothing, optional, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'

const PASSKEYS = '/account/passkeys'

const passkey = shape({ id: text, name: optional(text), created_at: text, last_used_at: optional(text) })
/** A passkey of the driver. */
export type Passkey = Read<typeof passkey>

const passkeys = itemsOf(passkey)

/** The passkeys of the driver. */
export const usePasskeys = (): UsedAnswer<readonly Passkey[]> => useAnswer(PASSKEYS, passkeys)

/** Adds a passkey of this device under a name; throws what the browser throws when the person closes its dialog. */
export const addPasskey = async (name: string): Promise<void> => {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const optionsJSON = await ask('/account/passkeys/options', creationOptions, { method: 'POST' })
  const credential = await startRegistration({ optionsJSON })
  await ask(PASSKEYS, anything, { method: 'POST', body: { credential, name } })
  readAgain(PASSKEYS)
}

/** Removes a passkey: it signs nobody in any more. */
export const removePasskey = async (id: string): Promise<void> => {
  await ask(address(['account', 'passkeys', id]), nothing, { method: 'DELETE' })
  readAgain(PASSKEYS)
}
