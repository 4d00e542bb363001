import type { ClientMessage } from '@interwatt/client'
import type { ServerMessage } from '@interwatt/server'
import type { MessageStore, Partner } from '@interwatt/store'
import type { Metrics } from '../operator/index.js'
import { incomingMessage } from './incoming-message.js'
import { type DropReason, dropReasons, MessageQueue, type QueueLimits } from './message-queue.js'
import { outgoingMessage } from './outgoing-message.js'
import { formsOf } from './redact.rules.js'
import { createStrangerLimit } from './stranger-limit.js'

/** How often old days are dropped and the space is measured. */
const TRIM_EVERY_MS = 60_000
const DAY_MS = 86_400_000
/** Secrets whose forms are remembered. */
const FORMS_HELD = 4096

/** What a node says of its recording. */
export interface RecordingState {
  readonly enabled: boolean
  /** Messages on their way to the database. */
  readonly waiting: number
  /** Messages not recorded since the node started, by reason. */
  readonly dropped: Readonly<Record<DropReason, number>>
}

/** Records every OCPI exchange, in the background. */
export interface Recorder {
  /** Undefined when recording is off, so that nothing is even made. */
  readonly incoming: ((message: ServerMessage) => void) | undefined
  readonly outgoing: ((message: ClientMessage) => void) | undefined
  state(): RecordingState
  /** Resolves when what was recorded until now is stored or lost. */
  flush(): Promise<void>
  /** Drops days that are over, and more when all take too much space. */
  trim(): Promise<void>
  stop(): Promise<void>
}

/** What recording works with. */
export interface RecorderDeps {
  readonly store: Pick<MessageStore, 'add' | 'trim'>
  readonly metrics: Pick<Metrics, 'messagesRecorded' | 'messagesDropped' | 'messagesWaiting'>
  readonly settings: {
    readonly recordMessages: boolean
    readonly messageDays: number
    readonly messageGigabytes: number
  }
  partnerOf(id: string): Partner | undefined
  now(): number
  onError(error: unknown): void
  readonly limits?: QueueLimits
}

const rememberForms = (): ((secret: string) => readonly string[]) => {
  const held = new Map<string, readonly string[]>()
  return (secret) => {
    const known = held.get(secret)
    if (known !== undefined) return known
    if (held.size >= FORMS_HELD) held.clear()
    const forms = formsOf(secret)
    held.set(secret, forms)
    return forms
  }
}

const GIGABYTE = 1_000_000_000

/** Starts recording, as the settings say. Old messages go also while recording is off. */
export const createRecorder = (deps: RecorderDeps): Recorder => {
  const { store, metrics, settings, now } = deps
  const dropped = Object.fromEntries(dropReasons.map((reason) => [reason, 0])) as Record<DropReason, number>
  const queue = new MessageQueue(
    {
      add: (messages, gaps) => store.add(messages, gaps),
      onStored: (count) => metrics.messagesRecorded.inc(count),
      onDropped: (reason, count) => {
        dropped[reason] += count
        metrics.messagesDropped.inc({ reason }, count)
      },
      onError: deps.onError,
    },
    deps.limits,
  )
  const admits = createStrangerLimit(now)
  const forms = rememberForms()
  let isFull = false
  const timeNow = (): string => new Date(now()).toISOString()
  /** Nothing that goes wrong in here may reach the exchange it is about. */
  const guarded =
    <T>(take: (message: T) => void) =>
    (message: T): void => {
      try {
        if (isFull) queue.drop('space', timeNow())
        else take(message)
      } catch (error) {
        queue.drop('error', timeNow())
        deps.onError(error)
      }
      metrics.messagesWaiting.set(queue.length)
    }
  const trim = async (): Promise<void> => {
    const time = now()
    const maxBytes = settings.messageGigabytes * GIGABYTE
    const before = new Date(time - settings.messageDays * DAY_MS).toISOString()
    const { bytes } = await store.trim({ before, maxBytes, now: new Date(time).toISOString() })
    isFull = bytes > maxBytes
  }
  let tending = Promise.resolve()
  const tend = (): void => {
    tending = trim().catch(deps.onError)
  }
  const timer = setInterval(tend, TRIM_EVERY_MS)
  timer.unref()
  tend()
  return {
    incoming: settings.recordMessages
      ? guarded((message) => {
          if (message.caller === undefined && !admits()) queue.drop('strangers', timeNow())
          else queue.push(incomingMessage(message, now(), forms))
        })
      : undefined,
    outgoing: settings.recordMessages
      ? guarded((message) => {
          const partner = deps.partnerOf(message.partnerId)
          queue.push(outgoingMessage(message, { endedMs: now(), partner, remembered: forms }))
        })
      : undefined,
    state: () => ({ enabled: settings.recordMessages, waiting: queue.length, dropped: { ...dropped } }),
    flush: () => queue.flush(),
    trim,
    async stop() {
      clearInterval(timer)
      await tending
      await queue[Symbol.asyncDispose]()
    },
  }
}
