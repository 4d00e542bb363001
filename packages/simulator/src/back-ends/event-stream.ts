import type { IncomingMessage } from 'node:http'
import { linkAbort } from '../abort.js'
import type { Connections } from './http.js'
import { at, parseJson, textAt } from './json.js'
import { type Door, doorHeaders } from './operator-api.js'

/** One entry of a node's event stream. */
export interface DoorEvent {
  readonly type: string
  readonly subject: string
  readonly data: unknown
}

export interface EventStreamOptions extends Door {
  readonly connections: Connections
  /** Types wanted, at least one; `*` suffix allowed. */
  readonly types: readonly string[]
  readonly signal: AbortSignal
  onEvent(event: DoorEvent): void
  /** After every successful connection, the first included. */
  onConnect(): void
  /** Why the stream ended; it connects again by itself. */
  onLost(reason: string): void
  sleepMs(delayMs: number, signal: AbortSignal): Promise<void>
}

/** Silence after which the connection is taken for dead; nodes send a comment every 15 s. */
const SILENCE_MS = 45_000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5_000

/** A frame of the text/event-stream format; undefined for comments and incomplete ones. */
export const parseFrame = (
  frame: string,
): { readonly id: string | undefined; readonly text: string } | undefined => {
  let id: string | undefined
  const lines: string[] = []
  for (const line of frame.split(/\r\n|\r|\n/)) {
    if (line.startsWith('id:')) id = line.slice(3).trim()
    if (line.startsWith('data:')) lines.push(line.slice(5).replace(/^ /, ''))
  }
  return lines.length === 0 ? undefined : { id, text: lines.join('\n') }
}

const eventOf = (text: string): DoorEvent | undefined => {
  const message = parseJson(text)
  const type = textAt(message, 'type')
  if (type === undefined) return undefined
  return { type, subject: textAt(message, 'subject') ?? '', data: at(message, 'data') }
}

interface Position {
  lastId: string | undefined
}

/** Reads frames until the stream ends; throws when the connection breaks or stays silent too long. */
const readFrames = async (
  body: IncomingMessage,
  position: Position,
  silence: () => void,
  onEvent: (event: DoorEvent) => void,
): Promise<void> => {
  const decoder = new TextDecoder()
  let buffer = ''
  for await (const chunk of body) {
    silence()
    buffer += decoder.decode(Buffer.from(chunk), { stream: true })
    const frames = buffer.split(/\r?\n\r?\n/)
    buffer = frames.pop() ?? ''
    for (const text of frames) {
      const frame = parseFrame(text)
      const event = frame === undefined ? undefined : eventOf(frame.text)
      if (event !== undefined) onEvent(event)
      if (frame?.id !== undefined) position.lastId = frame.id
    }
  }
}

const connect = async (options: EventStreamOptions, position: Position): Promise<string> => {
  const silent = linkAbort(options.signal)
  let timer = setTimeout(silent.abort, SILENCE_MS)
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(silent.abort, SILENCE_MS)
  }
  try {
    const query = `?types=${encodeURIComponent(options.types.join(','))}`
    const answer = await options.connections.open({
      url: `${options.apiUrl}/events${query}`,
      method: 'GET',
      headers: {
        ...doorHeaders(options),
        accept: 'text/event-stream',
        ...(position.lastId === undefined ? {} : { 'last-event-id': position.lastId }),
      },
      signal: silent.signal,
    })
    if (answer.statusCode !== 200) {
      answer.destroy()
      return `HTTP ${answer.statusCode}`
    }
    options.onConnect()
    await readFrames(answer, position, heard, options.onEvent)
    return 'ended by the node'
  } catch (error) {
    return error instanceof Error ? error.message : 'connection lost'
  } finally {
    clearTimeout(timer)
    silent.release()
  }
}

/**
 * Follows the event stream of a node until the signal aborts. After a break it goes on where it was, by
 * Last-Event-ID; an event may then come twice. Never throws, provided that the callbacks do not.
 */
export const followEvents = async (options: EventStreamOptions): Promise<void> => {
  const position: Position = { lastId: undefined }
  let pauseMs = FIRST_PAUSE_MS
  while (!options.signal.aborted) {
    const startedMs = performance.now()
    const reason = await connect(options, position)
    if (options.signal.aborted) return
    options.onLost(reason)
    pauseMs = performance.now() - startedMs > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : pauseMs
    await options.sleepMs(pauseMs, options.signal)
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  }
}
