/** Values by key, the least recently used ones forgotten first. */
export class RecentValues<T> {
  readonly #values = new Map<string, T>()

  constructor(private readonly most: number) {}

  /** The value of a key, made where it is not known. */
  get(key: string, make: () => T): T {
    const known = this.#values.get(key)
    const value = known ?? make()
    this.#values.delete(key)
    this.#values.set(key, value)
    const [oldest] = this.#values.size > this.most ? this.#values.keys() : []
    if (oldest !== undefined) this.#values.delete(oldest)
    return value
  }

  forget(key: string): void {
    this.#values.delete(key)
  }

  clear(): void {
    this.#values.clear()
  }
}
