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

/** Signs in; throws `ApiFailure` with 401 for a wrong key and 429 after too many. */
export const signIn = (key: string): Promise<Session> =>
  ask('/session', session, { method: 'POST', body: { key } })

/** Signs out. */
export const signOut = async (): Promise<void> => {
  await ask('/session', () => undefined, { method: 'DELETE' })
}
