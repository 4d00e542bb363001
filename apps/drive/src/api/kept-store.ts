import type { Json } from './reading.js'

/** An answer as it is kept on the device. */
export interface KeptAnswer {
  readonly body: Json
  /** When it was read, in epoch milliseconds. */
  readonly atMs: number
}

const NAME = 'interwatt-drive'
const STORE = 'answers'
/** Answers that are kept at most; the oldest go first. */
const MOST = 200

const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

let opened: Promise<IDBDatabase> | undefined

const database = (): Promise<IDBDatabase> => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE).createIndex('atMs', 'atMs')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

const store = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
  (await database()).transaction(STORE, mode).objectStore(STORE)

/** A kept answer; undefined where there is none, or where the browser keeps nothing. */
export const readKept = async (key: string): Promise<KeptAnswer | undefined> => {
  try {
    const found: KeptAnswer | undefined = await result((await store('readonly')).get(key))
    return found
  } catch {
    return undefined
  }
}

/** Keeps an answer. Keeping is a convenience: where the browser refuses, the app goes on without. */
export const keep = async (key: string, answer: KeptAnswer): Promise<void> => {
  try {
    const answers = await store('readwrite')
    answers.put(answer, key)
    const tooMany = (await result(answers.count())) - MOST
    if (tooMany <= 0) return
    const oldest = await result(answers.index('atMs').getAllKeys(null, tooMany))
    for (const old of oldest) answers.delete(old)
  } catch {
    // Nothing is lost but the convenience.
  }
}

/** Forgets everything that is kept on the device. */
export const forgetKept = async (): Promise<void> => {
  try {
    await result((await store('readwrite')).clear())
  } catch {
    // Where nothing can be kept, nothing is to be forgotten.
  }
}
