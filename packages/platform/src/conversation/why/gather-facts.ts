import { foldCase, isJsonObject, partyOf } from '@interwatt/protocol'
import {
  type AuthorizationRecord,
  type CdrCheckStore,
  type Command,
  evseKey,
  type MessageFacts,
  type MessageStore,
  type ObjectLookup,
  type ObjectStore,
  type Partner,
  type StoredObject,
  type StoryMessage,
  type StoryStore,
} from '@interwatt/store'
import { isLive } from '../../modules/plan-write.js'
import type { ReceiptFacts, SessionFacts, StartFacts, ToldStatus } from './start-facts.js'

/** What the facts about a start are read from. */
export interface StartDeps {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly lookup: Pick<ObjectLookup, 'byId' | 'byAuthorizationReference' | 'cdrsOfSession' | 'tokensByUid'>
  readonly story: Pick<StoryStore, 'commands'>
  readonly messages: Pick<MessageStore, 'get' | 'list' | 'ofCorrelation' | 'ofStory'>
  readonly cdrChecks: Pick<CdrCheckStore, 'summaries'>
  partnerOf(id: string): Partner | undefined
  now(): number
}

const MESSAGES_MAX = 200
/** Most statuses of one EVSE that are read. */
const STATUSES_MAX = 12
/** How long before a command the status of its EVSE may have been told, and how long after it, in milliseconds. */
const BEFORE_MS = 12 * 3_600_000
const AFTER_MS = 10 * 60_000
/** A question about a token and the decision on it lie no further apart, in milliseconds. */
const NEAR_MS = 15_000

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const bodyOf = (text: string | null): { readonly [field: string]: unknown } => {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

const isoAround = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()

/** The session a command is about or led to, or that a decision allowed. */
const sessionOf = async (
  { lookup }: Pick<StartDeps, 'lookup'>,
  command: Command | undefined,
  reference: string | undefined,
): Promise<StoredObject | undefined> => {
  const id = command?.sessionId ?? textOf(command?.request.session_id)
  if (id !== undefined) {
    const party = command?.party
    const found = (await lookup.byId('session', id)).filter(isLive)
    return (
      found.find(
        ({ key }) =>
          party == null ||
          (key.countryCode === foldCase(party.countryCode) && key.partyId === foldCase(party.partyId)),
      ) ?? found[0]
    )
  }
  if (reference === undefined) return undefined
  return (await lookup.byAuthorizationReference(reference)).find(({ key }) => key.kind === 'session')
}

/** The session that a command is about or led to; undefined when there is none. */
export const sessionOfCommand = (
  deps: Pick<StartDeps, 'lookup'>,
  command: Command,
): Promise<StoredObject | undefined> =>
  sessionOf(deps, command, textOf(command.request.authorization_reference))

const END_STATUSES: readonly string[] = ['COMPLETED', 'INVALID']

const sessionFacts = ({ key, document }: StoredObject, told: readonly StoryMessage[]): SessionFacts => {
  const own = told.filter(
    ({ module, method, outcome }) => module === 'sessions' && method !== 'GET' && outcome === 'ok',
  )
  const stated = own.flatMap((message) => {
    const status = textOf(bodyOf(message.requestBody).status)
    return status === undefined ? [] : [{ status, at: message.at }]
  })
  const status = textOf(document.status) ?? 'UNKNOWN'
  return {
    id: textOf(document.id) ?? key.id,
    status,
    kwh: typeof document.kwh === 'number' ? document.kwh : 0,
    statuses: [...new Set([...stated.map((one) => one.status), status])],
    heardAt: own[0]?.at ?? null,
    endHeardAt: stated.find((one) => END_STATUSES.includes(one.status))?.at ?? null,
    messages: own.slice(0, 3).map(({ id }) => id),
  }
}

const receiptFacts = async (
  { cdrChecks }: StartDeps,
  cdr: StoredObject,
  told: readonly StoryMessage[],
): Promise<ReceiptFacts> => {
  const [check] = await cdrChecks.summaries([cdr.key])
  return {
    id: textOf(cdr.document.id) ?? cdr.key.id,
    outcome: check?.outcome ?? null,
    codes: check?.codes ?? [],
    messages: told.filter(({ module, outcome }) => module === 'cdrs' && outcome === 'ok').map(({ id }) => id),
  }
}

interface Place {
  readonly countryCode: string
  readonly partyId: string
  readonly location: string
  readonly evse: string
}

const placeOf = (command: Command | undefined, session: StoredObject | undefined): Place | undefined => {
  const party = session?.key ?? command?.party
  const location = textOf(session?.document.location_id) ?? textOf(command?.request.location_id)
  const evse = textOf(session?.document.evse_uid) ?? textOf(command?.request.evse_uid)
  if (party == null || location === undefined || evse === undefined) return undefined
  return { countryCode: party.countryCode, partyId: party.partyId, location, evse }
}

/** Statuses of an EVSE as messages told them around a time, and the one that is stored. */
const statusesOf = async (
  { objects, messages }: StartDeps,
  place: Place,
  [from, to]: readonly [string, string],
): Promise<readonly ToldStatus[]> => {
  const id = foldCase(`${place.location}/${place.evse}`)
  const found = await messages.list(
    { objectKind: 'evse', objectId: id, outcome: 'ok', from, to },
    { limit: STATUSES_MAX },
  )
  const told: ToldStatus[] = []
  for (const { id: message, method } of found) {
    if (method !== 'PATCH' && method !== 'PUT') continue
    const whole = await messages.get(message)
    const status = textOf(bodyOf(whole?.requestBody ?? null).status)
    if (whole !== undefined && status !== undefined) told.push({ at: whole.at, status, message })
  }
  const stored = await objects.get(
    evseKey(partyOf(place.countryCode, place.partyId), place.location, place.evse),
  )
  const status = textOf(stored?.document.status)
  const kept =
    stored === undefined || status === undefined ? [] : [{ at: stored.lastUpdated, status, message: null }]
  return [...told, ...kept].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const toldAbout = (
  { messages }: StartDeps,
  { key, document }: StoredObject,
  cdr: StoredObject | undefined,
): Promise<readonly StoryMessage[]> =>
  messages.ofStory({
    sessionId: foldCase(textOf(document.id) ?? key.id),
    countryCode: key.countryCode,
    partyId: key.partyId,
    cdrIds: cdr === undefined ? [] : [cdr.key.id],
    correlationIds: [],
    limit: MESSAGES_MAX,
  })

const isStop = ({ type }: Command): boolean => type === 'STOP_SESSION'

/** What is known of the session of a start, of its receipt and of who stopped it. */
const ofSession = async (deps: StartDeps, session: StoredObject | undefined) => {
  if (session === undefined) return { session: undefined, receipt: undefined, stops: [] }
  const [cdr] = await deps.lookup.cdrsOfSession(session.key, textOf(session.document.id) ?? session.key.id)
  const told = await toldAbout(deps, session, cdr)
  const commands = await deps.story.commands({
    party: { countryCode: session.key.countryCode, partyId: session.key.partyId },
    sessionId: textOf(session.document.id) ?? session.key.id,
    authorizationReference: null,
    tokenUid: null,
    from: '1970-01-01T00:00:00Z',
    until: '1970-01-01T00:00:00Z',
  })
  return {
    session: sessionFacts(session, told),
    receipt: cdr && (await receiptFacts(deps, cdr, told)),
    stops: commands.filter(isStop),
  }
}

/** Everything that tells what became of a command. */
export const factsOfCommand = async (deps: StartDeps, command: Command): Promise<StartFacts> => {
  const stored = await sessionOfCommand(deps, command)
  const about = await ofSession(deps, stored)
  const place = placeOf(command, stored)
  const until = about.session?.endHeardAt ?? command.finishedAt ?? command.createdAt
  const span = [isoAround(command.createdAt, -BEFORE_MS), isoAround(until, AFTER_MS)] as const
  return {
    command,
    decision: undefined,
    partnerName: deps.partnerOf(command.partnerId)?.name ?? 'A partner that left',
    otherTypes: [],
    ...about,
    statuses: place === undefined ? [] : await statusesOf(deps, place, span),
    messages: await deps.messages.ofCorrelation(command.correlationId, MESSAGES_MAX),
    nowMs: deps.now(),
  }
}

/** Questions about a token near the time of the decision on it. */
const questionsOf = async (
  { messages }: StartDeps,
  { tokenUid, at, partnerId }: AuthorizationRecord,
): Promise<readonly MessageFacts[]> => {
  const found = await messages.list(
    {
      objectKind: 'token',
      objectId: foldCase(tokenUid),
      ...(partnerId === null ? {} : { partnerId }),
      from: isoAround(at, -NEAR_MS),
      to: isoAround(at, NEAR_MS),
    },
    { limit: 10 },
  )
  return found.filter(({ method }) => method === 'POST').toSorted((a, b) => a.id - b.id)
}

/** Types under which somebody else than asked about knows the uid. */
const otherTypesOf = async (
  { lookup }: StartDeps,
  { tokenUid, tokenType }: AuthorizationRecord,
): Promise<readonly string[]> => {
  const types = (await lookup.tokensByUid(tokenUid))
    .filter(isLive)
    .map(({ document }) => String(document.type))
  return types.some((type) => foldCase(type) === foldCase(tokenType)) ? [] : [...new Set(types)]
}

/** Everything that tells what became of a tap of a card. */
export const factsOfDecision = async (
  deps: StartDeps,
  decision: AuthorizationRecord,
): Promise<StartFacts> => {
  const stored = await sessionOf(deps, undefined, decision.authorizationReference ?? undefined)
  const about = await ofSession(deps, stored)
  const place = placeOf(undefined, stored)
  const until = about.session?.endHeardAt ?? decision.at
  const span = [isoAround(decision.at, -BEFORE_MS), isoAround(until, AFTER_MS)] as const
  const { partnerId } = decision
  return {
    command: undefined,
    decision,
    partnerName: partnerId === null ? 'The eMSP' : (deps.partnerOf(partnerId)?.name ?? 'A partner that left'),
    otherTypes: decision.allowed === 'ALLOWED' ? [] : await otherTypesOf(deps, decision),
    ...about,
    statuses: place === undefined ? [] : await statusesOf(deps, place, span),
    messages: await questionsOf(deps, decision),
    nowMs: deps.now(),
  }
}
