import { isJsonObject, type JsonObject } from '@interwatt/protocol'
import type {
  AuthorizationRecord,
  Command,
  Document,
  MessageFacts,
  StoredObject,
  StoryMessage,
} from '@interwatt/store'
import { whitelistExplanation } from '../../authorization/whitelist.rules.js'
import { beginningIn, cdrIn, endIn, learned } from './learned.rules.js'

/** An object a step is about. */
export interface StoryObject {
  readonly kind: string
  readonly countryCode: string
  readonly partyId: string
  readonly id: string
}

/** One step in the life of a session: a sentence for people, ids for engineers. */
export interface StoryStep {
  /** When we learned of it; steps stand in this order. */
  readonly at: string
  /** When the document says it was, ISO, where its clock says something else by minutes; null otherwise. */
  readonly statedAt: string | null
  readonly kind:
    | 'authorization'
    | 'command'
    | 'command_result'
    | 'session'
    | 'charging_profile'
    | 'cdr'
    | 'message'
  /** One plain sentence. */
  readonly text: string
  readonly outcome: MessageFacts['outcome']
  /** Ids of the messages that carried it, in order. */
  readonly messages: readonly number[]
  readonly objects: readonly StoryObject[]
  /** Places in the event feed: the latest change of each object. */
  readonly events: readonly number[]
  readonly authorizationId?: string
  readonly commandId?: string
}

/** All that is known of a session, or of a command that led to none. */
export interface StorySources {
  readonly session: StoredObject | undefined
  readonly cdrs: readonly StoredObject[]
  readonly authorizations: readonly AuthorizationRecord[]
  readonly commands: readonly Command[]
  readonly messages: readonly StoryMessage[]
  /** Messages that asked about its token, in any order. */
  readonly tokenMessages: readonly MessageFacts[]
  /** Name of a partner for people. */
  nameOf(partnerId: string | null): string
}

const textOf = (document: Document | JsonObject, name: string): string | undefined => {
  const value = document[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
const numberOf = (document: Document | JsonObject, name: string): number | undefined => {
  const value = document[name]
  return typeof value === 'number' ? value : undefined
}

const objectOf = ({ key }: StoredObject): StoryObject => ({
  kind: key.kind,
  countryCode: key.countryCode,
  partyId: key.partyId,
  id: key.id,
})

const NONE = { statedAt: null, messages: [], objects: [], events: [] } as const

/** Time within which a question about a token and its decision belong together, in milliseconds. */
const NEAR_MS = 15_000

const apart = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b))

/** The question that a decision answered: the nearest one, if it is near at all. */
const questionOf = (record: AuthorizationRecord, asked: readonly MessageFacts[]): MessageFacts | undefined =>
  asked
    .filter(({ partnerId, at }) => partnerId === record.partnerId && apart(at, record.at) <= NEAR_MS)
    .toSorted((a, b) => apart(a.at, record.at) - apart(b.at, record.at))[0]

const authorizationStep = (record: AuthorizationRecord, sources: StorySources): StoryStep => {
  const { direction, tokenUid, allowed, reason } = record
  const asker = direction === 'answered' ? sources.nameOf(record.partnerId) : 'The charge point'
  const place = record.locationId === null ? '' : ` at location ${record.locationId}`
  const question = record.partnerId === null ? undefined : questionOf(record, sources.tokenMessages)
  const by =
    direction === 'asked' && record.partnerId ? ` (answered by ${sources.nameOf(record.partnerId)})` : ''
  return {
    ...NONE,
    at: record.at,
    kind: 'authorization',
    text: `${asker} asked whether token ${tokenUid} may charge${place}: ${allowed}${by}.${because(reason)}`,
    outcome: allowed === 'ALLOWED' ? 'ok' : 'refused',
    messages: question === undefined ? [] : [question.id],
    authorizationId: record.id,
  }
}

const EXPLAINED = new Map<string, string>(Object.entries(whitelistExplanation))

/** Why it was decided so: decisions of our own have a name, those for partners a sentence. */
const because = (reason: string): string => {
  if (reason === 'realtime') return ''
  return ` ${EXPLAINED.get(reason) ?? `${reason.replaceAll('_', ' ').replace(/\.$/, '')}.`}`
}

const ASKS: Readonly<Record<Command['type'], string>> = {
  START_SESSION: 'start charging',
  STOP_SESSION: 'stop charging',
  RESERVE_NOW: 'reserve a charge point',
  CANCEL_RESERVATION: 'cancel a reservation',
  UNLOCK_CONNECTOR: 'unlock a connector',
}

const placeOf = ({ request }: Command): string => {
  const location = textOf(request, 'location_id')
  const evse = textOf(request, 'evse_uid')
  if (location === undefined) return ''
  return evse === undefined ? ` at location ${location}` : ` at location ${location}, EVSE ${evse}`
}

const ENDED: Readonly<Partial<Record<Command['state'], string>>> = {
  TIMEOUT: 'No result came in time.',
  FAILED: 'The command did not arrive.',
}

const commandSteps = (command: Command, sources: StorySources): readonly StoryStep[] => {
  const { id, direction, type, state, response, result, createdAt, finishedAt, correlationId } = command
  const name = sources.nameOf(command.partnerId)
  const carried = sources.messages.filter((message) => message.correlationId === correlationId)
  const isResult = ({ operation }: MessageFacts): boolean =>
    operation === 'result' || operation === 'commands.sender.result'
  const asked = direction === 'sent' ? `We asked ${name}` : `${name} asked us`
  const answer = response === null ? 'There was no answer.' : `The answer was ${response}.`
  const first: StoryStep = {
    ...NONE,
    at: createdAt,
    kind: 'command',
    text: `${asked} to ${ASKS[type]}${placeOf(command)}. ${answer}`,
    outcome: response === 'ACCEPTED' ? 'ok' : response === null ? 'failed' : 'refused',
    messages: carried.filter((message) => !isResult(message)).map((message) => message.id),
    commandId: id,
  }
  if (finishedAt === null || state === 'REFUSED') return [first]
  const seconds = Math.max(0, Math.round((Date.parse(finishedAt) - Date.parse(createdAt)) / 1000))
  const said = ENDED[state] ?? `The result was ${result ?? 'not told'} after ${seconds} s.`
  return [
    first,
    {
      ...NONE,
      at: finishedAt,
      kind: 'command_result',
      text: `The request to ${ASKS[type]} came to its end. ${said}`,
      outcome: state === 'TIMEOUT' ? 'timeout' : result === 'ACCEPTED' ? 'ok' : 'refused',
      messages: carried.filter(isResult).map((message) => message.id),
      commandId: id,
    },
  ]
}

const parsed = (text: string | null): JsonObject => {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** What a document says of a session, such as `is ACTIVE with 3.2 kWh`. */
const stateText = (document: JsonObject): string => {
  const status = textOf(document, 'status')
  const kwh = numberOf(document, 'kwh')
  const energy = kwh === undefined ? '' : ` ${status === undefined ? 'has' : 'with'} ${kwh} kWh`
  return `${status === undefined ? '' : ` is ${status}`}${energy}` || ' changed'
}

const AFTER: Readonly<Record<MessageFacts['outcome'], string>> = {
  ok: '',
  refused: ' It was refused.',
  failed: ' It failed.',
  timeout: ' No answer came in time.',
}

const why = ({ outcome, statusCode, failure }: MessageFacts): string => {
  const detail = failure ?? (outcome === 'ok' || statusCode === null ? null : `status code ${statusCode}`)
  return AFTER[outcome] + (detail === null ? '' : ` (${detail})`)
}

type Told = { readonly kind: StoryStep['kind']; readonly text: string }

/** What a message about a session or a CDR says, who said it, in one sentence. */
const toldBy = (message: StoryMessage, name: string, session: StoredObject | undefined): Told => {
  const [who, whom] = message.direction === 'in' ? [name, 'us'] : ['We', name]
  const body = parsed(message.requestBody)
  const { module, method, object } = message
  if (method === 'GET') {
    const what = object === null ? 'a list' : `${object.kind === 'cdr' ? 'CDR' : object.kind} ${object.id}`
    return { kind: 'message', text: `${who} read ${what} from ${whom}.` }
  }
  if (module === 'cdrs') {
    const kwh = numberOf(body, 'total_energy')
    const energy = kwh === undefined ? '' : ` of ${kwh} kWh`
    const id = textOf(body, 'id') ?? object?.id ?? ''
    return { kind: 'cdr', text: `${who} sent ${whom} the CDR ${id}${energy}.` }
  }
  if (module === 'chargingprofiles') {
    const verb = method === 'DELETE' ? 'clear' : 'set'
    return { kind: 'charging_profile', text: `${who} asked ${whom} to ${verb} a charging profile.` }
  }
  if (message.operation.endsWith('putChargingPreferences') || message.path.includes('/charging_preferences'))
    return { kind: 'session', text: `${who} told ${whom} the preferences of the driver.` }
  if (module === 'sessions')
    return {
      kind: 'session',
      text: `${who} told ${whom} that session ${sessionIdOf(session, message)}${stateText(body)}.`,
    }
  return { kind: 'message', text: `${who} sent ${whom} ${method} ${message.path}.` }
}

const sessionIdOf = (session: StoredObject | undefined, { object }: StoryMessage): string =>
  (session && textOf(session.document, 'id')) ?? session?.key.id ?? object?.id ?? ''

const messageStep = (message: StoryMessage, sources: StorySources): StoryStep => {
  const name = message.partnerName ?? sources.nameOf(message.partnerId)
  const { session } = sources
  const { kind, text } = toldBy(message, name, session)
  const { object } = message
  const known = object !== null && object.countryCode !== null && object.partyId !== null
  return {
    ...NONE,
    at: message.at,
    kind,
    text: text + why(message),
    outcome: message.outcome,
    messages: [message.id],
    objects: known
      ? [{ kind: object.kind, countryCode: object.countryCode, partyId: object.partyId, id: object.id }]
      : [],
  }
}

const beginStep = (session: StoredObject, messages: readonly StoryMessage[]): readonly StoryStep[] => {
  const { document } = session
  const start = textOf(document, 'start_date_time')
  if (start === undefined) return []
  const location = textOf(document, 'location_id')
  const evse = textOf(document, 'evse_uid')
  const place =
    location === undefined ? '' : ` at location ${location}${evse === undefined ? '' : `, EVSE ${evse}`}`
  const begun = learned(start, beginningIn(messages))
  return [{ ...aboutOf(session), ...begun, kind: 'session', text: `Charging began${place}.` }]
}

const endStep = (session: StoredObject, messages: readonly StoryMessage[]): readonly StoryStep[] => {
  const { document } = session
  const end = textOf(document, 'end_date_time')
  if (end === undefined) return []
  const kwh = numberOf(document, 'kwh')
  const energy = kwh === undefined ? '' : ` after ${kwh} kWh`
  const status = textOf(document, 'status') ?? 'over'
  const text = `Charging ended${energy}; the session is ${status}.`
  return [{ ...aboutOf(session), ...learned(end, endIn(messages)), kind: 'session', text }]
}

const aboutOf = (object: StoredObject) =>
  ({ ...NONE, outcome: 'ok', objects: [objectOf(object)], events: [object.changedSeq] }) as const

/** Beginning and end of the session, and its CDRs, as the objects say: there also when no message is kept any more. */
const milestones = ({ session, cdrs, messages }: StorySources): readonly StoryStep[] =>
  session === undefined
    ? []
    : [
        ...beginStep(session, messages),
        ...endStep(session, messages),
        ...cdrs.map((cdr) => cdrStep(cdr, messages)),
      ]

const cdrStep = (cdr: StoredObject, messages: readonly StoryMessage[]): StoryStep => {
  const { document } = cdr
  const kwh = numberOf(document, 'total_energy')
  const cost = isJsonObject(document.total_cost) ? numberOf(document.total_cost, 'before_taxes') : undefined
  const price = cost === undefined ? '' : `, ${cost} ${textOf(document, 'currency') ?? ''} before taxes`
  const kind = document.credit === true ? 'credit CDR' : 'CDR'
  const id = textOf(document, 'id') ?? cdr.key.id
  return {
    ...aboutOf(cdr),
    ...learned(textOf(document, 'last_updated') ?? cdr.lastUpdated, cdrIn(messages, id)),
    kind: 'cdr',
    text: `The ${kind} ${id} says ${kwh ?? 'unknown'} kWh${price}.`,
  }
}

/** Whether a message has a step of its own: those of commands belong to the steps of their command. */
const standsAlone = (message: StoryMessage, commands: readonly Command[]): boolean =>
  message.module !== 'commands' &&
  message.operation !== 'result' &&
  !(message.object === null && commands.some(({ correlationId }) => correlationId === message.correlationId))

/** All steps of a session, or of a command without one, in the order in which we learned of them. */
export const storySteps = (sources: StorySources): readonly StoryStep[] => {
  const { authorizations, commands, messages } = sources
  const steps = [
    ...milestones(sources),
    ...authorizations.map((record) => authorizationStep(record, sources)),
    ...commands.flatMap((command) => commandSteps(command, sources)),
    ...messages
      .filter((message) => standsAlone(message, commands))
      .map((message) => messageStep(message, sources)),
  ]
  return steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
