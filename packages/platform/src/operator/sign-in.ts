import { createHmac } from 'node:crypto'
import type { KnownSession, OperatorSessionStore } from '@interwatt/store'
import { newSecretToken } from '../secrets.js'
import { type SecretCookie, secretCookie } from '../web/cookies.js'
import { sameText } from '../web/same-text.js'
import type { OperatorSecrets } from './deps.js'

/** Name of the header that a write with a cookie must carry. */
export const CSRF_HEADER = 'x-interwatt-csrf'

/** What sign-ins work with. */
export interface SignInDeps {
  readonly sessions: OperatorSessionStore
  readonly secrets: Pick<OperatorSecrets, 'hash'>
  /** Base of every URL given out; says whether the cookie is for https only. */
  readonly publicUrl: string
  /** How long a sign-in lasts, in hours. */
  readonly hours: number
  now(): number
}

/** A sign-in as a request presents it. */
export interface PresentedSession extends KnownSession {
  /** What `x-interwatt-csrf` must say in writes. */
  readonly csrf: string
}

/** What a sign-in is made with. */
export type Holder = {
  readonly id: string
  readonly name: string
  readonly role: KnownSession['role']
} & ({ readonly kind: 'key' } | { readonly kind: 'account'; readonly login: string })

const HOUR_MS = 3_600_000

const csrfOf = (text: string): string => createHmac('sha256', text).update('csrf').digest('base64url')

/** Whether a header is what writes of this sign-in must carry. A page of another origin cannot read it, nor set the header. */
export const isCsrf = (session: PresentedSession, header: unknown): boolean =>
  typeof header === 'string' && sameText(header, session.csrf)

/** Sign-ins with a cookie: made from an operator key or an account, found in requests, ended. */
export class SignIns {
  readonly #cookie: SecretCookie

  constructor(private readonly deps: SignInDeps) {
    this.#cookie = secretCookie('interwatt_session', deps.publicUrl)
  }

  /** Signs in with a key or an account; the value of `set-cookie`, and the sign-in. */
  async begin(holder: Holder): Promise<{
    readonly cookie: string
    readonly session: PresentedSession
  }> {
    const { secrets, sessions, hours, now } = this.deps
    const text = newSecretToken()
    const at = now()
    const row = {
      hash: secrets.hash(text),
      keyId: holder.kind === 'key' ? holder.id : null,
      accountId: holder.kind === 'account' ? holder.id : null,
      createdAt: new Date(at).toISOString(),
      expiresAt: new Date(at + hours * HOUR_MS).toISOString(),
    }
    await sessions.prune(row.createdAt)
    await sessions.add(row)
    return {
      cookie: this.#cookie.set(text, (hours * HOUR_MS) / 1000),
      session: {
        ...row,
        name: holder.name,
        role: holder.role,
        login: holder.kind === 'account' ? holder.login : null,
        csrf: csrfOf(text),
      },
    }
  }

  /** The sign-in that a `cookie` header presents; undefined when there is none that counts. */
  async find(header: string | undefined): Promise<PresentedSession | undefined> {
    const text = this.#cookie.read(header)
    if (text === undefined) return undefined
    const { secrets, sessions, now } = this.deps
    const known = await sessions.find(secrets.hash(text), new Date(now()).toISOString())
    return known === undefined ? undefined : { ...known, csrf: csrfOf(text) }
  }

  /** Whether a `cookie` header names a sign-in at all, also one that ended. */
  isNamed(header: string | undefined): boolean {
    return this.#cookie.isIn(header)
  }

  /** Ends a sign-in; the value of `set-cookie`. */
  async end(session: Pick<PresentedSession, 'hash'>): Promise<string> {
    await this.deps.sessions.remove(session.hash)
    return this.#cookie.clear
  }
}
