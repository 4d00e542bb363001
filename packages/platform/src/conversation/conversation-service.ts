import type {
  Message,
  MessageFacts,
  MessageFilter,
  MessageGap,
  MessageStore,
  ObjectKey,
} from '@interwatt/store'
import type { Result } from '../services.js'
import type { Recorder, RecordingState } from './recorder.js'
import { createReplay, type ReplayDeps, type Replayed } from './replay.js'
import { commandStory, createSessionStory, type SessionStory, type StoryDeps } from './story/session-story.js'
import { type ExplainDeps, explainStart, type StartReference } from './why/explain-start.js'
import { sessionOfCommand } from './why/gather-facts.js'
import type { StartExplanation } from './why/start.rules.js'

/** Most messages of one correlation that are shown. */
const CORRELATION_MAX = 1000

/** What was said between this node and its partners. */
export interface ConversationService {
  /** Newest first, with the gaps in the time of the page. */
  list(
    filter: MessageFilter,
    page: { readonly below?: number; readonly limit: number },
  ): Promise<{ readonly messages: readonly MessageFacts[]; readonly gaps: readonly MessageGap[] }>
  get(id: number): Promise<Message | undefined>
  /** All messages of a correlation in the order they began. */
  correlation(correlationId: string): Promise<readonly MessageFacts[]>
  /** The life of a session; undefined when it is not known. */
  story(session: ObjectKey): Promise<SessionStory | undefined>
  /** The life of the session a command led to, or of the command where it led to none; undefined when it is not known. */
  commandStory(id: string): Promise<SessionStory | undefined>
  /** Why a charge did or did not start, by a command or a decision on a card; undefined when that is not known. */
  why(reference: StartReference): Promise<StartExplanation | undefined>
  /** Sends a recorded request again, to a test partner. */
  replay(id: number): Promise<Result<Replayed>>
  recording(): RecordingState
  /** Oldest first above an id, for streams. */
  since: MessageStore['since']
  newest(): Promise<number>
  /** Calls back when messages were stored by any node; returns the way to stop. */
  onStored(stored: () => void): () => void
}

/** What the service works with. */
export type ConversationDeps = Omit<ReplayDeps, 'messages' | 'flush'> &
  Omit<StoryDeps, 'messages'> &
  Omit<ExplainDeps, 'messages'> & {
    readonly messages: MessageStore
    readonly recorder: Recorder
  }

/** Recorded messages for operators. What waits on this node is stored before it is read. */
export const createConversationService = (deps: ConversationDeps): ConversationService => {
  const { messages, recorder } = deps
  const flush = (): Promise<void> => recorder.flush()
  const replay = createReplay({ ...deps, flush })
  const story = createSessionStory(deps)
  return {
    async list(filter, page) {
      await flush()
      const found = await messages.list(filter, page)
      const now = new Date(deps.now()).toISOString()
      const from = found.length < page.limit ? filter.from : found.at(-1)?.at
      const until = page.below === undefined ? (filter.to ?? now) : (found[0]?.at ?? now)
      return { messages: found, gaps: await messages.gaps(from ?? '1970-01-01T00:00:00Z', until) }
    },
    async get(id) {
      await flush()
      return messages.get(id)
    },
    async correlation(correlationId) {
      await flush()
      return messages.ofCorrelation(correlationId, CORRELATION_MAX)
    },
    async story(session) {
      await flush()
      return story(session)
    },
    async commandStory(id) {
      await flush()
      const command = await deps.commands.get(id)
      if (command === undefined) return undefined
      const session = await sessionOfCommand(deps, command)
      return (session && (await story(session.key))) ?? commandStory(deps, command)
    },
    async why(reference) {
      await flush()
      return explainStart(deps, reference)
    },
    async replay(id) {
      await flush()
      return replay(id)
    },
    recording: () => recorder.state(),
    since: (filter, page) => messages.since(filter, page),
    newest: () => messages.newest(),
    onStored: (stored) => messages.onStored(stored),
  }
}
