import { foldCase, isJsonObject } from '@interwatt/protocol'
import type {
  AuthorizationRecord,
  Command,
  MessageFacts,
  MessageGap,
  MessageStore,
  ObjectKey,
  ObjectStore,
  Partner,
  SessionTraces,
  StoredObject,
  StoryStore,
} from '@interwatt/store'
import { type StoryStep, storySteps } from './story.rules.js'

/** Most messages of one story. */
const MESSAGES_MAX = 300
/** Time before the start of a session in which a decision on its token counts as its own, and after it. */
const BEFORE_MS = 30 * 60_000
const AFTER_MS = 5 * 60_000
/** A question about a token and the decision on it lie no further apart. */
const NEAR_MS = 15_000

/** The life of a session, or of a command that led to none: what happened, in order. */
export interface SessionStory {
  readonly session: StoredObject | undefined
  readonly steps: readonly StoryStep[]
  /** False when there are more messages than a story shows. */
  readonly isComplete: boolean
  /** Times in which messages were not recorded. */
  readonly gaps: readonly MessageGap[]
}

/** What stories are read from. */
export interface StoryDeps {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly story: StoryStore
  readonly messages: Pick<MessageStore, 'ofStory' | 'list' | 'gaps'>
  partnerOf(id: string): Partner | undefined
  now(): number
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const tracesOf = ({ key, document }: StoredObject, nowMs: number): SessionTraces => {
  const start = Date.parse(String(document.start_date_time))
  const startMs = Number.isNaN(start) ? nowMs : start
  const token = isJsonObject(document.cdr_token) ? document.cdr_token : {}
  return {
    party: { countryCode: key.countryCode, partyId: key.partyId },
    sessionId: textOf(document.id) ?? key.id,
    authorizationReference: textOf(document.authorization_reference),
    tokenUid: textOf(token.uid),
    from: new Date(startMs - BEFORE_MS).toISOString(),
    until: new Date(startMs + AFTER_MS).toISOString(),
  }
}

/** Messages that asked about a token when these decisions were made. */
const tokenMessages = async (
  { messages }: StoryDeps,
  authorizations: readonly AuthorizationRecord[],
): Promise<readonly MessageFacts[]> => {
  const asked = authorizations.filter(({ partnerId }) => partnerId !== null)
  const found = await Promise.all(
    asked.map(({ at, tokenUid, partnerId }) =>
      messages.list(
        {
          objectKind: 'token',
          objectId: foldCase(tokenUid),
          ...(partnerId === null ? {} : { partnerId }),
          from: new Date(Date.parse(at) - NEAR_MS).toISOString(),
          to: new Date(Date.parse(at) + NEAR_MS).toISOString(),
        },
        { limit: 10 },
      ),
    ),
  )
  const byId = new Map(found.flat().map((message) => [message.id, message]))
  return [...byId.values()].filter(({ method }) => method === 'POST').toSorted((a, b) => a.id - b.id)
}

/** Tells the life of a session; undefined when it is not known. */
export const createSessionStory =
  (deps: StoryDeps) =>
  async (key: ObjectKey): Promise<SessionStory | undefined> => {
    const session = await deps.objects.get(key)
    if (session === undefined) return undefined
    const traces = tracesOf(session, deps.now())
    const [commands, authorizations, cdrs] = await Promise.all([
      deps.story.commands(traces),
      deps.story.authorizations(traces),
      deps.story.cdrs(traces, session.createdSeq),
    ])
    const messages = await deps.messages.ofStory({
      sessionId: foldCase(traces.sessionId),
      countryCode: key.countryCode,
      partyId: key.partyId,
      cdrIds: cdrs.map(({ document, key: cdr }) => foldCase(textOf(document.id) ?? cdr.id)),
      correlationIds: commands.map(({ correlationId }) => correlationId),
      limit: MESSAGES_MAX,
    })
    const steps = storySteps({
      session,
      cdrs,
      authorizations,
      commands,
      messages,
      tokenMessages: await tokenMessages(deps, authorizations),
      nameOf: (id) => (id === null ? 'A partner' : (deps.partnerOf(id)?.name ?? 'A partner that left')),
    })
    const [first, last] = [steps[0]?.at, steps.at(-1)?.at]
    const gaps = first === undefined || last === undefined ? [] : await deps.messages.gaps(first, last)
    return { session, steps, isComplete: messages.length < MESSAGES_MAX, gaps }
  }

/** What the story of a command without a session is read from. */
export interface CommandStoryDeps {
  readonly messages: Pick<MessageStore, 'ofStory' | 'gaps'>
  partnerOf(id: string): Partner | undefined
}

/** Tells what became of a command that led to no session. */
export const commandStory = async (
  { messages: store, partnerOf }: CommandStoryDeps,
  command: Command,
): Promise<SessionStory> => {
  const messages = await store.ofStory({
    ...{ sessionId: '', countryCode: '', partyId: '', cdrIds: [] },
    correlationIds: [command.correlationId],
    limit: MESSAGES_MAX,
  })
  const steps = storySteps({
    ...{ session: undefined, cdrs: [], authorizations: [], tokenMessages: [] },
    commands: [command],
    messages,
    nameOf: (id) => (id === null ? 'A partner' : (partnerOf(id)?.name ?? 'A partner that left')),
  })
  const gaps = await store.gaps(command.createdAt, command.finishedAt ?? command.createdAt)
  return { session: undefined, steps, isComplete: messages.length < MESSAGES_MAX, gaps }
}
