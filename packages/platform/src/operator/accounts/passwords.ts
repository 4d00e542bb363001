import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** What a hash costs, in the terms of scrypt; N is a power of two. */
export interface PasswordCost {
  readonly log2N: number
  readonly r: number
  readonly p: number
}

/** 32 MiB of memory and three passes over it, about a fifth of a second on a small machine. */
const COST: PasswordCost = { log2N: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32
/** Hashes at once, so that sign-ins cannot take all memory, and those that may wait for their turn. */
const AT_ONCE = 2
const WAITING_MAX = 20

/** Too many passwords are being checked. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy'
}

const derive = (text: string, salt: Buffer, { log2N, r, p }: PasswordCost): Promise<Buffer> => {
  const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 2 ** log2N * r * 128 * 2 }
  return new Promise((resolve, reject) => {
    scrypt(text.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    )
  })
}

const FORM = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/

/** Hashes and checks passwords, a few at a time; throws `PasswordsBusy` when too many wait. */
export class Passwords {
  #running = 0
  readonly #waiting: (() => void)[] = []

  constructor(private readonly cost: PasswordCost = COST) {}

  /** A salted hash with its costs, to be stored. */
  hash(text: string): Promise<string> {
    return this.#inTurn(async () => {
      const salt = randomBytes(SALT_BYTES)
      const hash = await derive(text, salt, this.cost)
      const { log2N, r, p } = this.cost
      return `scrypt$${log2N}$${r}$${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`
    })
  }

  /** Whether a text is the password of a stored hash. Takes as long for null, which nothing matches, so that its time tells nothing. */
  matches(text: string, stored: string | null): Promise<boolean> {
    return this.#inTurn(async () => {
      const [, log2N, r, p, salt = '', hash = ''] = FORM.exec(stored ?? '') ?? []
      const cost = log2N === undefined ? this.cost : { log2N: Number(log2N), r: Number(r), p: Number(p) }
      const derived = await derive(text, Buffer.from(salt, 'base64url'), cost)
      const known = Buffer.from(hash, 'base64url')
      return known.length === derived.length && timingSafeEqual(known, derived)
    })
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= WAITING_MAX) throw new PasswordsBusy('too many passwords are being checked')
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#running += 1
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}
