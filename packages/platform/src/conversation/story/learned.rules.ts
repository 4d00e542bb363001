import { foldCase, isJsonObject } from '@interwatt/protocol'
import type { StoryMessage } from '@interwatt/store'

/** When we learned of something, and when the document says that it was. */
export interface Learned {
  readonly at: string
  /** ISO; null where it says about the same. */
  readonly statedAt: string | null
}

/** A stated time that lies further from ours comes from another clock, or was told late; in milliseconds. */
const SAME_MS = 5 * 60_000

/** A time of a document in one form, so that steps can be put in order. */
export const isoOf = (text: string): string => {
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
  return Number.isNaN(at) ? text : new Date(at).toISOString()
}

/** What a document states, beside the message that told it first; the stated time alone where none did. */
export const learned = (stated: string, told: StoryMessage | undefined): Learned => {
  const statedAt = isoOf(stated)
  if (told === undefined) return { at: statedAt, statedAt: null }
  const apart = Math.abs(Date.parse(statedAt) - Date.parse(told.at))
  return { at: told.at, statedAt: apart > SAME_MS ? statedAt : null }
}

const statusIn = (body: string | null): string | undefined => {
  try {
    const value: unknown = JSON.parse(body ?? '')
    return isJsonObject(value) && typeof value.status === 'string' ? value.status : undefined
  } catch {
    return undefined
  }
}

const tells =
  (module: string) =>
  (message: StoryMessage): boolean =>
    message.module === module && message.method !== 'GET' && message.outcome === 'ok'

/** The message that first told that charging had begun; the first of the session where none says so. */
export const beginningIn = (messages: readonly StoryMessage[]): StoryMessage | undefined => {
  const own = messages.filter(tells('sessions'))
  return own.find(({ requestBody }) => statusIn(requestBody) === 'ACTIVE') ?? own[0]
}

/** The message that first told that it had ended; the last of the session where none says so. */
export const endIn = (messages: readonly StoryMessage[]): StoryMessage | undefined => {
  const own = messages.filter(tells('sessions'))
  const over = ['COMPLETED', 'INVALID']
  return own.find(({ requestBody }) => over.includes(statusIn(requestBody) ?? '')) ?? own.at(-1)
}

/** The message that first carried a CDR. */
export const cdrIn = (messages: readonly StoryMessage[], id: string): StoryMessage | undefined =>
  messages.filter(tells('cdrs')).find((message) => {
    const named = message.object?.id
    return named === undefined || foldCase(named) === foldCase(id)
  })
