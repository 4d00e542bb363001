interface Entry<K, V> {
  readonly key: K
  value: V
  weight: number
  older: Entry<K, V> | undefined
  newer: Entry<K, V> | undefined
}

/**
 * A map that keeps the most recently used entries, bounded by their summed weight. The order is a list of its own: taking a
 * key out of a Map and putting it in again would leave holes that the search for the oldest has to walk over.
 */
export class RecentMap<K, V> {
  private readonly entries = new Map<K, Entry<K, V>>()
  private oldest: Entry<K, V> | undefined
  private newest: Entry<K, V> | undefined
  private total = 0

  constructor(private readonly maxWeight: number) {}

  get(key: K): V | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined) return undefined
    this.touch(entry)
    return entry.value
  }

  set(key: K, value: V, weight = 1): void {
    const known = this.entries.get(key)
    if (known === undefined) this.add({ key, value, weight, older: undefined, newer: undefined })
    else {
      this.total += weight - known.weight
      known.value = value
      known.weight = weight
      this.touch(known)
    }
    while (this.total > this.maxWeight && this.oldest !== undefined && this.oldest !== this.newest)
      this.remove(this.oldest)
  }

  delete(key: K): void {
    const entry = this.entries.get(key)
    if (entry !== undefined) this.remove(entry)
  }

  clear(): void {
    this.entries.clear()
    this.oldest = undefined
    this.newest = undefined
    this.total = 0
  }

  get size(): number {
    return this.entries.size
  }

  private add(entry: Entry<K, V>): void {
    this.entries.set(entry.key, entry)
    this.total += entry.weight
    this.append(entry)
  }

  private remove(entry: Entry<K, V>): void {
    this.entries.delete(entry.key)
    this.total -= entry.weight
    this.unlink(entry)
  }

  private touch(entry: Entry<K, V>): void {
    if (entry === this.newest) return
    this.unlink(entry)
    this.append(entry)
  }

  private append(entry: Entry<K, V>): void {
    entry.older = this.newest
    entry.newer = undefined
    if (this.newest === undefined) this.oldest = entry
    else this.newest.newer = entry
    this.newest = entry
  }

  private unlink({ older, newer }: Entry<K, V>): void {
    if (older === undefined) this.oldest = newer
    else older.newer = newer
    if (newer === undefined) this.newest = older
    else newer.older = older
  }
}
