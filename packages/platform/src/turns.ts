/** Runs work one after the other where it has the same key. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Turns of one node; work of different keys runs side by side. */
export const createTurns = (): InTurn => {
  const pending = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const mine = (pending.get(key) ?? Promise.resolve()).then(work, work)
    pending.set(key, mine)
    try {
      return await mine
    } finally {
      if (pending.get(key) === mine) pending.delete(key)
    }
  }
}
