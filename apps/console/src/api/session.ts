import { oneOf, optional, type Read, shape, text } from './reading.js'
import { ask } from './request.js'

/** Roles of operator keys, the most powerful first. */
export const roles = ['admin', 'operator', 'support', 'read-only'] as const
/** What the person at the console may do. */
export type Role = (typeof roles)[number]

const mapStyle = shape({ kind: oneOf(['vector', 'raster']), url: text, attribution: text })
/** A map of the settings that stations are drawn on. */
export type MapStyle = Read<typeof mapStyle>

const session = shape({
  key_name: text,
  account: optional(shape({ id: text, login: text })),
  role: oneOf(roles),
  csrf: optional(text),
  expires_at: optional(text),
  version: text,
  public_url: text,
  map: shape({ style: optional(mapStyle) }),
})

/** Who is signed in. */
export type Session = Read<typeof session>

/** Who is signed in; throws `ApiFailure` with status 401 when nobody is. */
export const getSession = (): Promise<Session> => ask('/session', session)

/** What people sign in with. */
export type SignInWith = { readonly key: string } | { readonly login: string; readonly password: string }

/** Signs in; throws `ApiFailure` with 401 for what is wrong and 429 after too many attempts. */
export const signIn = (body: SignInWith): Promise<Session> =>
  ask('/session', session, { method: 'POST', body })

/** Sets the password by the code of an invitation, and signs in. */
export const activate = (code: string, password: string): Promise<Session> =>
  ask('/accounts/activation', session, { method: 'POST', body: { code, password } })

/** Signs out. */
export const signOut = async (): Promise<void> => {
  await ask('/session', () => undefined, { method: 'DELETE' })
}
