import { type Signal, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { forgetKept, keep, readKept } from './kept-store.js'
import type { Json, Reader } from './reading.js'
import { ask, inLanguage } from './request.js'

/** What is known of something that is read from the node. */
export interface Answer<T> {
  /** The last that was read; undefined before the first time. */
  readonly value: T | undefined
  /** When that was, in epoch milliseconds; 0 before the first time. */
  readonly atMs: number
  /** What kept the newest away; undefined when the last attempt worked. */
  readonly failure: unknown
  readonly loading: boolean
}

interface Entry {
  readonly path: string
  readonly state: Signal<Answer<Json>>
  readers: number
  running: Promise<void> | undefined
  /** Whether something changed while it was being read, so that what comes may be old already. */
  outdated: boolean
}

const entries = new Map<string, Entry>()
/** Grows whenever everything is forgotten: what was asked for before is not kept after. */
let forgotten = 0
const EMPTY: Answer<never> = { value: undefined, atMs: 0, failure: undefined, loading: true }

/** The shortest time between two readings that nobody asked for, in milliseconds. */
const MINUTE_MS = 60_000

const entryOf = (path: string): Entry => {
  // NOTE: the language is part of the key: texts of the node are in it.
  const key = inLanguage(path)
  const found = entries.get(key)
  if (found !== undefined) return found
  const made: Entry = {
    path,
    state: signal<Answer<Json>>(EMPTY),
    readers: 0,
    running: undefined,
    outdated: false,
  }
  entries.set(key, made)
  return made
}

const load = async (key: string, entry: Entry): Promise<void> => {
  const { state } = entry
  const asked = forgotten
  state.value = { ...state.peek(), loading: true }
  if (state.peek().atMs === 0) {
    const kept = await readKept(key)
    if (kept !== undefined && state.peek().atMs === 0 && asked === forgotten)
      state.value = { value: kept.body, atMs: kept.atMs, failure: undefined, loading: true }
  }
  try {
    const body = await ask<Json>(entry.path, (value) => value)
    if (asked !== forgotten) return
    const atMs = Date.now()
    state.value = { value: body, atMs, failure: undefined, loading: false }
    await keep(key, { body, atMs })
  } catch (failure) {
    state.value = { ...state.peek(), failure, loading: false }
  }
}

const loadOnce = (path: string): Promise<void> => {
  const entry = entryOf(path)
  entry.running ??= load(inLanguage(path), entry).finally(() => {
    entry.running = undefined
    if (!entry.outdated) return undefined
    entry.outdated = false
    return loadOnce(path)
  })
  return entry.running
}

/** Reads again what is on the screen and begins with a path, such as `/vehicles`; what is not on the screen is forgotten. */
export const readAgain = (...prefixes: readonly string[]): void => {
  for (const [key, entry] of entries) {
    if (!prefixes.some((prefix) => entry.path.startsWith(prefix))) continue
    if (entry.readers === 0) entries.delete(key)
    else if (entry.running !== undefined) entry.outdated = true
    else loadOnce(entry.path).catch(() => undefined)
  }
}

/** Puts something newer in the place of what was read, such as the account in the answer of its change. */
export const putAnswer = (path: string, body: Json): void => {
  const atMs = Date.now()
  entryOf(path).state.value = { value: body, atMs, failure: undefined, loading: false }
  keep(inLanguage(path), { body, atMs }).catch(() => undefined)
}

/** Forgets all answers, in memory and on the device: at the end of a sign-in. */
export const forgetAnswers = async (): Promise<void> => {
  forgotten += 1
  for (const [key, entry] of entries) {
    if (entry.readers === 0) entries.delete(key)
    else {
      entry.state.value = EMPTY
      entry.outdated = entry.running !== undefined
    }
  }
  await forgetKept()
}

const readWith = <T>(answer: Answer<Json>, read: Reader<T>): Answer<T> => {
  if (answer.value === undefined) return { ...answer, value: undefined }
  try {
    return { ...answer, value: read(answer.value, '') }
  } catch (failure) {
    return { value: undefined, atMs: 0, failure: answer.failure ?? failure, loading: answer.loading }
  }
}

/** How something is read. */
export interface Reading {
  /** True reads once a minute while the page can be seen: for what no event tells of. */
  readonly everyMinute?: boolean
}

/** An answer, and a way to read it again. */
export type UsedAnswer<T> = Answer<T> & { reload(): void }

/**
 * Reads from the node and keeps it: the last known comes first, also without a connection, then the newest. `path` is below the base
 * of the API (`address([...])`); null reads nothing. Components with the same path share one answer. `read` must not be made anew
 * with every drawing.
 */
export const useAnswer = <T>(path: string | null, read: Reader<T>, reading: Reading = {}): UsedAnswer<T> => {
  const key = path === null ? null : inLanguage(path)
  const { everyMinute = false } = reading
  useEffect(() => {
    if (path === null) return undefined
    const entry = entryOf(path)
    entry.readers += 1
    const again = (): void => {
      loadOnce(path).catch(() => undefined)
    }
    again()
    const timer = everyMinute
      ? setInterval(() => document.visibilityState === 'visible' && again(), MINUTE_MS)
      : undefined
    return () => {
      entry.readers -= 1
      clearInterval(timer)
    }
  }, [key, everyMinute])
  const answer: Answer<Json> = path === null ? { ...EMPTY, loading: false } : entryOf(path).state.value
  const readAnswer = useMemo(() => readWith(answer, read), [answer, read])
  const reload = (): void => {
    if (path !== null) loadOnce(path).catch(() => undefined)
  }
  return { ...readAnswer, reload }
}
