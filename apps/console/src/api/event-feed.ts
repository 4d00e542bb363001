import type { Json } from './reading.js'
import { ApiFailure, open } from './request.js'

/** How the stream of events stands. */
export type FeedState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** Not connected; the next attempt is at `retryAtMs`. */
  | { readonly kind: 'lost'; readonly retryAtMs: number }

/** Who is told of what a stream carries. */
export interface FeedListener {
  /** The data of one event, as JSON. */
  event(data: Json): void
  state(state: FeedState): void
  /** The stream runs again after it was lost; events of the meantime follow. */
  recovered(): void
}

/** Silence after which the connection counts as lost, in milliseconds: the node says something every 15 s. */
const SILENCE_MS = 40_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000

/** Time until the next attempt: doubling, with some chance so that not all pages come back at once. */
export const waitMs = (attempt: number, random: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempt, 10), LONGEST_WAIT_MS) * (0.75 + random / 2)

/** One frame of a server-sent event stream; `data` is empty for comments. */
export interface Frame {
  readonly id: string
  readonly data: string
}

/** Takes whole frames off the front of a text; the rest has to wait for more. */
export const takeFrames = (text: string): { readonly frames: readonly Frame[]; readonly rest: string } => {
  const parts = text.split('\n\n')
  const rest = parts.pop() ?? ''
  const frames = parts.map((part) => {
    const lines = part.split('\n')
    const field = (name: string): string =>
      lines
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).trimStart())
        .join('\n')
    return { id: field('id'), data: field('data') }
  })
  return { frames, rest }
}

/** Follows a stream of the node until it is stopped; goes on where it was after every interruption. */
export class EventFeed {
  #stop = new AbortController()
  #wake: () => void = () => undefined
  #lastId = ''

  constructor(
    private readonly listener: FeedListener,
    /** Address of the stream below the base of the API. */
    private readonly path = '/events',
  ) {}

  start(): void {
    this.#run(this.#stop.signal).catch(() => undefined)
  }

  stop(): void {
    this.#stop.abort()
    this.#wake()
  }

  /** Tries to connect now instead of at the next time. */
  retry(): void {
    this.#wake()
  }

  async #run(stopped: AbortSignal): Promise<void> {
    this.listener.state({ kind: 'connecting' })
    let [attempt, wasLost] = [0, false]
    while (!stopped.aborted) {
      try {
        await this.#follow(stopped, () => {
          this.listener.state({ kind: 'live' })
          if (wasLost) this.listener.recovered()
          attempt = 0
          wasLost = false
        })
      } catch (error) {
        if (error instanceof ApiFailure && error.status === 401) return
      }
      if (stopped.aborted) return
      const delayMs = waitMs(attempt, Math.random())
      attempt += 1
      wasLost = true
      this.listener.state({ kind: 'lost', retryAtMs: Date.now() + delayMs })
      await this.#pause(delayMs)
    }
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** One connection, until it ends. */
  async #follow(stopped: AbortSignal, connected: () => void): Promise<void> {
    const ended = new AbortController()
    const end = (): void => ended.abort()
    stopped.addEventListener('abort', end)
    let silence = setTimeout(end, SILENCE_MS)
    try {
      const headers = this.#lastId === '' ? {} : { 'last-event-id': this.#lastId }
      const answer = await open(this.path, { headers, signal: ended.signal })
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
      if (reader === undefined) return
      connected()
      let text = ''
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(silence)
        silence = setTimeout(end, SILENCE_MS)
        const { frames, rest } = takeFrames(text + part.value)
        text = rest
        for (const frame of frames) this.#take(frame)
      }
    } finally {
      clearTimeout(silence)
      stopped.removeEventListener('abort', end)
    }
  }

  #take({ id, data }: Frame): void {
    if (id !== '') this.#lastId = id
    if (id === '' || data === '') return
    this.listener.event(JSON.parse(data))
  }
}
