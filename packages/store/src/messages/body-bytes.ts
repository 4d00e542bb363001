/** Where a body stands among all bodies of a batch: from 1 on, in bytes; null for none. */
export interface BodyPlace {
  readonly at: number | null
  readonly length: number | null
}

const NONE: BodyPlace = { at: null, length: null }

/** Gathers the bodies of a batch into one run of bytes. */
export class BodyBytes {
  readonly #parts: Buffer[] = []
  #length = 0

  /** Adds a body and tells its place. */
  add(body: string | null): BodyPlace {
    if (body === null) return NONE
    const bytes = Buffer.from(body, 'utf8')
    const at = this.#length + 1
    this.#parts.push(bytes)
    this.#length += bytes.length
    return { at, length: bytes.length }
  }

  all(): Buffer {
    return Buffer.concat(this.#parts, this.#length)
  }
}
