import { CHALLENGE_SECONDS } from '../drivers/accounts/passkeys.js'
import { cookieAttributes, cookieNameFor, cookieValue } from '../web/cookies.js'

const TEXT = /^[\w-]{43}$/

/** The cookie that binds a question to a passkey to the browser that asked it. */
export interface PasskeyCookie {
  /** Value of `set-cookie` that sets it. */
  set(text: string): string
  /** Value of `set-cookie` that clears it. */
  readonly clear: string
  /** Its text in a `cookie` header; undefined when there is none. */
  read(header: string | undefined): string | undefined
}

/** The cookie at an address. */
export const passkeyCookie = (publicUrl: string): PasskeyCookie => {
  const name = cookieNameFor('interwatt_passkey', publicUrl)
  const attributes = cookieAttributes(publicUrl)
  return {
    set: (text) => `${name}=${text}; Max-Age=${CHALLENGE_SECONDS}${attributes}`,
    clear: `${name}=; Max-Age=0${attributes}`,
    read(header) {
      const text = cookieValue(header, name)
      return text !== undefined && TEXT.test(text) ? text : undefined
    },
  }
}
