import type { ServerResponse } from 'node:http'
import type { MessageFilter } from '@interwatt/store'
import type { ConversationService } from '../conversation/conversation-service.js'
import { type FrameSource, FrameStream, frameOf } from './frame-stream.js'
import { viewFacts } from './message-views.js'
import { Waiters } from './waiters.js'

/** Messages read at once: also the most that waits for one slow reader. */
const BATCH = 100
/** Longest time between two looks, in milliseconds, should a notification be lost. */
const LOOK_MS = 5_000

type Readable = Pick<ConversationService, 'since' | 'newest' | 'onStored'>

/** Wakes every stream of messages of a process when some were stored. */
export class MessageWatch {
  readonly #waiters = new Waiters()
  #stop: (() => void) | undefined

  constructor(private readonly messages: Pick<Readable, 'onStored'>) {}

  /** Resolves when messages were stored, after a while, or when the signal aborts. */
  next(signal: AbortSignal): Promise<void> {
    // NOTE: listening begins with the first reader and goes on: readers come back.
    this.#stop ??= this.messages.onStored(() => this.#waiters.wakeAll())
    return this.#waiters.wait(signal, LOOK_MS)
  }

  /** Stops listening and lets everybody go. */
  close(): void {
    this.#stop?.()
    this.#waiters.wakeAll()
  }
}

const messageSource = (
  messages: Readable,
  { filter, watch }: { readonly filter: MessageFilter; readonly watch: MessageWatch },
): FrameSource => ({
  next: (signal) => watch.next(signal),
  async read(after) {
    // NOTE: the head is read first; a message that is stored in between lies above it.
    const head = await messages.newest()
    const found = await messages.since(filter, { after, limit: BATCH })
    const isFull = found.length === BATCH
    return {
      frames: found.map((message) => frameOf(message.id, 'message', JSON.stringify(viewFacts(message)))),
      position: Math.max(after, found.at(-1)?.id ?? 0, isFull ? 0 : head),
      isFull,
    }
  },
})

/** One reader of messages as they are recorded, those that pass a filter. */
export const openMessageStream = (
  messages: Readable,
  response: ServerResponse,
  options: { readonly filter: MessageFilter; readonly watch: MessageWatch },
): FrameStream => new FrameStream(messageSource(messages, options), response)
