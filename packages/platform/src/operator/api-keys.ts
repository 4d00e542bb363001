import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { ApiKey, ApiKeyStore, OperatorRole } from '@interwatt/store'
import type { OperatorSecrets } from './deps.js'

/** How long a key list is trusted before it is read again, in milliseconds: how late a removal elsewhere may take effect. */
const FRESH_MS = 10_000
/** Shortest time between two reads that unknown keys cause, in milliseconds. */
const RELOAD_MS = 1_000

/** A new operator key in clear text (shown once) and the row to store; it may do everything unless a role is named. */
export const newApiKey = (
  name: string,
  secrets: OperatorSecrets,
  now: number,
  role: OperatorRole = 'admin',
): { readonly text: string; readonly key: ApiKey } => {
  const text = `iwk_${randomBytes(32).toString('base64url')}`
  return { text, key: apiKeyOf({ name, text, role }, secrets, now) }
}

const apiKeyOf = (
  { name, text, role }: { readonly name: string; readonly text: string; readonly role: OperatorRole },
  secrets: OperatorSecrets,
  now: number,
): ApiKey => ({
  id: randomUUID(),
  name,
  role,
  hash: secrets.hash(text),
  createdAt: new Date(now).toISOString(),
})

/** Stores the operator key of the settings unless it is there already. */
export const ensureApiKey = async (
  store: ApiKeyStore,
  secrets: OperatorSecrets,
  key: { readonly name: string; readonly text: string },
  now: number = Date.now(),
): Promise<void> => {
  const hash = secrets.hash(key.text)
  const known = await store.list()
  if (!known.some((candidate) => candidate.hash === hash)) {
    await store.add(apiKeyOf({ ...key, role: 'admin' }, secrets, now))
  }
}

const equal = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Finds operator keys by their hash, from a copy of the key list that is never older than ten seconds. */
export class KeyRing {
  #keys: ReadonlyMap<string, ApiKey> = new Map()
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined

  constructor(
    private readonly store: ApiKeyStore,
    private readonly secrets: OperatorSecrets,
    private readonly now: () => number,
  ) {}

  /** The key that was presented, undefined when nobody has it. */
  async find(text: string): Promise<ApiKey | undefined> {
    const hash = this.secrets.hash(text)
    if (this.#olderThan(FRESH_MS)) await this.reload()
    const known = this.#lookUp(hash)
    if (known !== undefined || !this.#olderThan(RELOAD_MS)) return known
    await this.reload()
    return this.#lookUp(hash)
  }

  /** The key with this id, as far as the copy of the list knows it. */
  async byId(id: string): Promise<ApiKey | undefined> {
    if (this.#olderThan(FRESH_MS)) await this.reload()
    return [...this.#keys.values()].find((key) => key.id === id)
  }

  /** Call after a change of the stored keys: the next `find` knows it. */
  async changed(): Promise<void> {
    // NOTE: a read already under way may have missed the change.
    await this.#reading
    await this.reload()
  }

  /** Reads the list again, once for all who wait. */
  reload(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  #lookUp(hash: string): ApiKey | undefined {
    const key = this.#keys.get(hash)
    return key !== undefined && equal(key.hash, hash) ? key : undefined
  }

  #olderThan(ageMs: number): boolean {
    return this.now() - this.#readAt >= ageMs
  }

  async #read(): Promise<void> {
    const keys = await this.store.list()
    this.#keys = new Map(keys.map((key) => [key.hash, key]))
    this.#readAt = this.now()
  }
}
