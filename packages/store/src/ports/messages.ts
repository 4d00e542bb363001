import type { Finding } from '@interwatt/protocol'

/** How an exchange ended; `failed` is no usable answer or a bug, `timeout` one that did not come in time. */
export type MessageOutcome = 'ok' | 'refused' | 'failed' | 'timeout'

/** The object a message is about, keys in upper case; its party is null where the message does not tell. */
export interface MessageObject {
  readonly kind: string
  readonly countryCode: string | null
  readonly partyId: string | null
  readonly id: string
}

/** One OCPI request with its answer, secrets removed, bodies left out. */
export interface MessageFacts {
  /** In order of commits, over all nodes. */
  readonly id: number
  /** When it began, ISO. */
  readonly at: string
  readonly direction: 'in' | 'out'
  /** Null for a caller that presented no token somebody has. */
  readonly partnerId: string | null
  readonly partnerName: string | null
  readonly method: string
  /** Scheme, host and port an outgoing request went to; null for incoming ones. */
  readonly origin: string | null
  /** Path and query. */
  readonly path: string
  readonly version: string | null
  readonly module: string | null
  readonly side: string | null
  readonly operation: string
  readonly object: MessageObject | null
  readonly httpStatus: number | null
  readonly statusCode: number | null
  readonly outcome: MessageOutcome
  /** Why no answer came; null when one did. */
  readonly failure: string | null
  readonly durationMs: number
  readonly requestId: string
  readonly correlationId: string
  /** Attempt of an outgoing request; 1 for incoming ones. */
  readonly attempt: number
  readonly findings: readonly Finding[]
  /** Length of the whole bodies in bytes, however much of them is kept. */
  readonly requestBytes: number
  readonly responseBytes: number
}

/** Headers that are kept, by name in lower case. */
export type KeptHeaders = Readonly<Record<string, string>>

/** A message with what was said in it. */
export interface Message extends MessageFacts {
  readonly requestHeaders: KeptHeaders
  readonly requestBody: string | null
  /** Whether only the beginning of the body is kept. */
  readonly requestCut: boolean
  /** Whether a secret was removed from body or address. */
  readonly requestHidden: boolean
  readonly responseHeaders: KeptHeaders | null
  readonly responseBody: string | null
  readonly responseCut: boolean
}

/** A message that is to be stored. */
export type NewMessage = Omit<Message, 'id'>

/** A time in which messages were not recorded. */
export interface MessageGap {
  readonly fromAt: string
  readonly untilAt: string
  /** `queue`, `database`, `space` or `strangers`. */
  readonly reason: string
  readonly count: number
}

/** Which messages are wanted; everything left out does not matter. */
export interface MessageFilter {
  /** A partner, or null for callers that are no partner. */
  readonly partnerId?: string | null
  readonly direction?: 'in' | 'out'
  readonly module?: string
  readonly objectKind?: string
  readonly countryCode?: string
  readonly partyId?: string
  readonly objectId?: string
  readonly correlationId?: string
  readonly requestId?: string
  readonly outcome?: MessageOutcome
  readonly httpStatus?: number
  readonly statusCode?: number
  /** Since and before, ISO. */
  readonly from?: string
  readonly to?: string
  /** Text in path or query, without case. */
  readonly text?: string
}

/** What a story of a session is made from. */
export interface StorySearch {
  readonly sessionId: string
  readonly countryCode: string
  readonly partyId: string
  /** Ids of its CDRs, in upper case. */
  readonly cdrIds: readonly string[]
  readonly correlationIds: readonly string[]
  readonly limit: number
}

/** A message of a story; of its bodies only that of the request. */
export interface StoryMessage extends MessageFacts {
  readonly requestBody: string | null
}

/** Storage of OCPI messages. */
export interface MessageStore {
  /** Stores messages and gaps in one commit, without waiting for the disk: a crash of the server may lose the last of them. */
  add(messages: readonly NewMessage[], gaps: readonly MessageGap[]): Promise<void>
  /** Newest first, below the id `below`. */
  list(
    filter: MessageFilter,
    page: { readonly below?: number; readonly limit: number },
  ): Promise<readonly MessageFacts[]>
  /** Oldest first, above the id `after`. */
  since(
    filter: MessageFilter,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly MessageFacts[]>
  /** Id of the newest message; 0 when there is none. */
  newest(): Promise<number>
  get(id: number): Promise<Message | undefined>
  /** All of a correlation, in the order they began, at most `limit`. */
  ofCorrelation(correlationId: string, limit: number): Promise<readonly MessageFacts[]>
  /** Messages about a session and its CDRs, in the order they began. */
  ofStory(search: StorySearch): Promise<readonly StoryMessage[]>
  /** Gaps that touch a time, newest first, at most 20. */
  gaps(from: string, to: string): Promise<readonly MessageGap[]>
  /**
   * Drops the days that end before `before` (ISO), then the oldest ones until all take at most `maxBytes`; never the day of `now`.
   * Answers how many days went and how many bytes are left.
   */
  trim(limits: {
    readonly before: string
    readonly maxBytes: number
    readonly now: string
  }): Promise<{ readonly dropped: number; readonly bytes: number }>
  /** Calls back when messages were stored by any node; returns the way to stop. */
  onStored(stored: () => void): () => void
}
