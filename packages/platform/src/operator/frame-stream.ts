import type { ServerResponse } from 'node:http'
import { pause } from './feed-watch.js'

/** Time for the last bytes to leave, in milliseconds. */
const GRACE_MS = 5_000
/** Pause after the database failed, in milliseconds. */
const RETRY_MS = 1_000

/** Time limits of a stream, in milliseconds. */
export interface StreamTimes {
  /** Silence after which a comment is sent. */
  readonly heartbeatMs: number
  /** How long a reader may leave its buffer full before it is dropped. */
  readonly stallMs: number
}

export const STREAM_TIMES: StreamTimes = { heartbeatMs: 15_000, stallMs: 30_000 }

export type StreamEnd = 'closed' | 'slow' | 'shutdown'

/** One server-sent event; its position is the id, where a reader that comes back goes on. */
export interface Frame {
  readonly position: number
  readonly text: string
}

/** A frame of an event with data that is JSON already. */
export const frameOf = (position: number, event: string, json: string): Frame => ({
  position,
  text: `id: ${position}\nevent: ${event}\ndata: ${json}\n\n`,
})

/** A part of what a stream sends, in order. */
export interface Frames {
  readonly frames: readonly Frame[]
  /** Up to where nothing else is there for this reader. */
  readonly position: number
  /** Whether more is there at once. */
  readonly isFull: boolean
}

/** Where a stream reads. */
export interface FrameSource {
  /** Resolves when something may have come, or the signal aborts; called before reading. */
  next(signal: AbortSignal): Promise<void>
  /** What comes after a position; throws while the database does not answer. */
  read(after: number): Promise<Frames>
}

/** One reader of server-sent events. It is fed only as fast as it reads; nothing is buffered beyond one part. */
export class FrameStream {
  readonly #gone = new AbortController()
  #shutdown = false

  constructor(
    private readonly source: FrameSource,
    private readonly response: ServerResponse,
    private readonly times: StreamTimes = STREAM_TIMES,
  ) {
    response.once('close', () => this.#gone.abort())
    // NOTE: a reader that left before this will not close again.
    if (response.destroyed) this.#gone.abort()
  }

  /** Ends the stream from our side; the reader reconnects and goes on elsewhere. */
  close(): void {
    this.#shutdown = true
    this.#gone.abort()
  }

  /** Sends everything after a position until the reader leaves, is too slow, or the node stops. */
  async run(after: number): Promise<StreamEnd> {
    let position = after
    let change: Promise<void> | undefined
    const heartbeat = setInterval(() => this.#beat(), this.times.heartbeatMs)
    try {
      while (!this.#gone.signal.aborted) {
        change ??= this.source.next(this.#gone.signal)
        const part = await this.#read(position)
        if (part === undefined) continue
        for (const frame of part.frames) {
          if (!(await this.#write(frame.text))) return this.#drop(position)
          position = frame.position
        }
        position = part.position
        if (part.isFull) continue
        await change
        change = undefined
      }
      return this.#shutdown ? 'shutdown' : 'closed'
    } finally {
      clearInterval(heartbeat)
      this.response.end()
      setTimeout(() => this.response.destroy(), GRACE_MS).unref()
    }
  }

  /** Undefined while the database does not answer: the reader stays and gets what it missed afterwards. */
  async #read(after: number): Promise<Frames | undefined> {
    try {
      return await this.source.read(after)
    } catch {
      await pause(RETRY_MS, this.#gone.signal)
      return undefined
    }
  }

  #beat(): void {
    if (!this.response.writableNeedDrain && !this.response.destroyed) this.response.write(': still here\n\n')
  }

  /** Writes one frame; false when the reader does not take it in time. */
  #write(frame: string): Promise<boolean> {
    if (this.#gone.signal.aborted || this.response.write(frame)) return Promise.resolve(true)
    return new Promise((resolve) => {
      const settle = (taken: boolean) => (): void => {
        clearTimeout(timer)
        this.response.off('drain', drained)
        this.#gone.signal.removeEventListener('abort', drained)
        resolve(taken)
      }
      const drained = settle(true)
      const timer = setTimeout(settle(false), this.times.stallMs)
      this.response.once('drain', drained)
      this.#gone.signal.addEventListener('abort', drained)
    })
  }

  #drop(position: number): StreamEnd {
    const text = JSON.stringify({ reason: 'reader too slow', resume_after: position })
    this.response.write(`event: stream.dropped\ndata: ${text}\n\n`)
    return 'slow'
  }
}
