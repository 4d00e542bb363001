import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Frame, takeFrames, waitMs } from './event-frames.js'
import { ApiFailure } from './failure.js'
import type { Json } from './reading.js'
import { address, inLanguage, open, type Query } from './request.js'

/** How the stream of events stands. `off`: there is nothing to follow, or the node has no events. */
export type FeedState =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** Not connected; the next attempt is at `retryAtMs`. */
  | { readonly kind: 'lost'; readonly retryAtMs: number }

/** How the stream of events stands; components that read it follow it. */
export const feedState = signal<FeedState>({ kind: 'off' })

/** How often the connection came back after it was lost. */
export const recoveries = signal(0)

/** Silence after which the connection counts as lost, in milliseconds: the node says something every 15 s. */
const SILENCE_MS = 45_000
/** Time in which several pages may say what they watch, before the stream is opened anew, in milliseconds. */
const GATHER_MS = 400

type Listener = (data: Json) => void

const listeners = new Map<string, Set<Listener>>()
const watched = new Map<symbol, Query>()
let running: AbortController | undefined
let signedIn = false
let wake: () => void = () => undefined
let lastId = ''
let gathering: ReturnType<typeof setTimeout> | undefined

const take = ({ id, event, data }: Frame): void => {
  if (id !== '') lastId = id
  if (data === '') return
  const value: Json = JSON.parse(data)
  for (const listener of listeners.get(event) ?? []) listener(value)
}

const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })

/** What all pages watch, as one query. The newest of several viewports counts. */
const watchedQuery = (): Query => {
  const stations = [...watched.values()].flatMap(({ station }) =>
    typeof station === 'string' ? [station] : [],
  )
  const others = [...watched.values()].map(({ station: _station, ...rest }) => rest)
  return Object.assign({ station: [...new Set(stations)] }, ...others)
}

/** One connection, until it ends. */
const followOnce = async (stopped: AbortSignal, connected: () => void): Promise<void> => {
  const ended = new AbortController()
  const end = (): void => ended.abort()
  stopped.addEventListener('abort', end)
  let silence = setTimeout(end, SILENCE_MS)
  try {
    const headers = { accept: 'text/event-stream', ...(lastId === '' ? {} : { 'last-event-id': lastId }) }
    const path = inLanguage(address(['events'], watchedQuery()))
    const answer = await open(path, { headers, signal: ended.signal, credentials: 'same-origin' })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (reader === undefined) return
    connected()
    let text = ''
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(silence)
      silence = setTimeout(end, SILENCE_MS)
      const { frames, rest } = takeFrames(text + part.value)
      text = rest
      for (const frame of frames) take(frame)
    }
  } finally {
    clearTimeout(silence)
    stopped.removeEventListener('abort', end)
  }
}

const follow = async (stopped: AbortSignal, wasLostBefore: boolean): Promise<void> => {
  let [attempt, wasLost] = [0, wasLostBefore]
  while (!stopped.aborted) {
    try {
      await followOnce(stopped, () => {
        feedState.value = { kind: 'live' }
        if (wasLost) recoveries.value += 1
        attempt = 0
        wasLost = false
      })
    } catch (error) {
      if (error instanceof ApiFailure && [401, 404].includes(error.status)) {
        feedState.value = { kind: 'off' }
        return
      }
    }
    if (stopped.aborted) return
    const delayMs = waitMs(attempt, Math.random())
    attempt += 1
    wasLost = true
    feedState.value = { kind: 'lost', retryAtMs: Date.now() + delayMs }
    await pause(delayMs)
  }
}

/** Connects anew with what is watched now; ends the stream when nobody is signed in and nothing is watched. */
const connect = (): void => {
  const wasLost = feedState.peek().kind === 'lost'
  running?.abort()
  running = undefined
  wake()
  if (!signedIn && watched.size === 0) {
    feedState.value = { kind: 'off' }
    return
  }
  running = new AbortController()
  if (feedState.peek().kind !== 'live') feedState.value = { kind: 'connecting' }
  follow(running.signal, wasLost).catch(() => undefined)
}

/** Follows the events of who is signed in now, besides what is watched. */
export const startEvents = (): void => {
  signedIn = true
  connect()
}

/** Follows the events of nobody any more, and forgets where it was: at the end of a sign-in. */
export const stopEvents = (): void => {
  signedIn = false
  lastId = ''
  connect()
}

/** Tries to connect now instead of at the next time. */
export const retryEvents = (): void => wake()

const watchAnew = (): void => {
  clearTimeout(gathering)
  gathering = setTimeout(connect, GATHER_MS)
}

/** Kinds of events: `charge` and `reservation` carry the whole object, `station` and `map` say that something there changed. */
export type EventKind = 'charge' | 'reservation' | 'station' | 'map'

/** Calls `listener` with the data of every event of a kind while the component is there. It must not be made anew with every drawing. */
export const useEvent = (kind: EventKind, listener: Listener): void => {
  useEffect(() => {
    const ofKind = listeners.get(kind) ?? new Set()
    listeners.set(kind, ofKind.add(listener))
    return () => {
      ofKind.delete(listener)
    }
  }, [kind, listener])
}

/** Has the node tell of a station (`{ station: 'DE/CPO/LOC1' }`) or of a viewport (`{ west, south, east, north }`); null of neither. */
export const useWatch = (query: Query | null): void => {
  const key = JSON.stringify(query)
  useEffect(() => {
    if (query === null) return undefined
    const mine = Symbol('watched')
    watched.set(mine, query)
    watchAnew()
    return () => {
      watched.delete(mine)
      watchAnew()
    }
  }, [key])
}
