import type { Driver, DriverStore } from '@interwatt/store'
import { newSecretToken, type Secrets } from '../secrets.js'
import { type SecretCookie, secretCookie } from '../web/cookies.js'

/** What sign-ins of drivers work with. */
export interface DriverSignInDeps {
  readonly drivers: Pick<DriverStore, 'addSession' | 'bySession' | 'removeSession' | 'pruneSessions'>
  readonly secrets: Pick<Secrets, 'hash'>
  /** Base of every URL given out; says whether the cookie is for https only. */
  readonly publicUrl: string
  /** How long a sign-in lasts, in days. */
  readonly days: number
  now(): number
}

const DAY_MS = 86_400_000

/** Sign-ins of drivers: a cookie that scripts cannot read and other sites cannot send; only its hash is stored. */
export class DriverSignIns {
  readonly #cookie: SecretCookie

  constructor(private readonly deps: DriverSignInDeps) {
    this.#cookie = secretCookie('interwatt_driver', deps.publicUrl)
  }

  /** Signs a driver in; the value of `set-cookie`. */
  async begin(driver: Pick<Driver, 'id'>): Promise<string> {
    const { drivers, secrets, days, now } = this.deps
    const text = newSecretToken()
    const createdAt = new Date(now()).toISOString()
    const expiresAt = new Date(now() + days * DAY_MS).toISOString()
    await drivers.pruneSessions(createdAt)
    await drivers.addSession({ hash: secrets.hash(text), driverId: driver.id, createdAt, expiresAt })
    return this.#cookie.set(text, (days * DAY_MS) / 1000)
  }

  /** The driver a `cookie` header presents; undefined when there is no sign-in that counts. */
  async find(header: string | undefined): Promise<Driver | undefined> {
    const text = this.#cookie.read(header)
    if (text === undefined) return undefined
    const { drivers, secrets, now } = this.deps
    return drivers.bySession(secrets.hash(text), new Date(now()).toISOString())
  }

  /** Ends the sign-in of a `cookie` header, if it has one; the value of `set-cookie`. */
  async end(header: string | undefined): Promise<string> {
    const text = this.#cookie.read(header)
    if (text !== undefined) await this.deps.drivers.removeSession(this.deps.secrets.hash(text))
    return this.#cookie.clear
  }
}
