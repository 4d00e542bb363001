interface Shared<T> {
  readonly key: string
  readonly value: T
  uses: number
}

/** Values that many stations have in common, kept once each and as long as somebody uses them. */
export class SharedValues<T> {
  readonly #ids = new Map<string, number>()
  readonly #entries: (Shared<T> | undefined)[] = []
  readonly #free: number[] = []

  /** Ids are below it. */
  get bound(): number {
    return this.#entries.length
  }

  /** The id of the value with a key; made when nobody uses it yet. Give it back with `release`. */
  take(key: string, make: () => T): number {
    const known = this.#ids.get(key)
    const entry = known === undefined ? undefined : this.#entries[known]
    if (known !== undefined && entry !== undefined) {
      entry.uses += 1
      return known
    }
    const id = this.#free.pop() ?? this.#entries.length
    this.#entries[id] = { key, value: make(), uses: 1 }
    this.#ids.set(key, id)
    return id
  }

  release(id: number): void {
    const entry = this.#entries[id]
    if (entry === undefined) return
    entry.uses -= 1
    if (entry.uses > 0) return
    this.#ids.delete(entry.key)
    this.#entries[id] = undefined
    this.#free.push(id)
  }

  /** The value of an id that is in use. */
  at(id: number): T | undefined {
    return this.#entries[id]?.value
  }
}
