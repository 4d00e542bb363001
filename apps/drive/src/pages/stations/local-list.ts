import { type Signal, signal } from '@preact/signals'

const PREFIX = 'interwatt-drive-'

/** Reads what this device keeps under a name; undefined where it keeps nothing, or nothing that can be read. */
export const readLocal = (name: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(`${PREFIX}${name}`) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps something on this device. Where the browser refuses, the app goes on without. */
export const writeLocal = (name: string, value: unknown): void => {
  try {
    localStorage.setItem(`${PREFIX}${name}`, JSON.stringify(value))
  } catch {
    // Nothing is lost but the convenience.
  }
}

/** A list of texts that stays on this device. */
export interface LocalList {
  readonly items: Signal<readonly string[]>
  has(item: string): boolean
  /** Puts it in, or takes it out; false when the list is full. */
  toggle(item: string): boolean
  clear(): void
}

/** Opens a list that holds at most so many texts. */
export const localList = (name: string, most: number): LocalList => {
  const stored = readLocal(name)
  const read = Array.isArray(stored) ? stored.filter((item) => typeof item === 'string').slice(0, most) : []
  const items = signal<readonly string[]>(read)
  const set = (next: readonly string[]): void => {
    items.value = next
    writeLocal(name, next)
  }
  return {
    items,
    has: (item) => items.value.includes(item),
    toggle(item) {
      const without = items.peek().filter((known) => known !== item)
      if (without.length < items.peek().length) set(without)
      else if (without.length >= most) return false
      else set([...without, item])
      return true
    },
    clear: () => set([]),
  }
}
