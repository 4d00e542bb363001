import { randomUUID } from 'node:crypto'
import {
  contentEquals,
  foldCase,
  OcpiRefusal,
  type Operation,
  object,
  one,
  type PartyId,
  parseDocument,
  partyOf,
  sameParty,
  url,
} from '@interwatt/protocol'
import type { Call, Handlers, Reply } from '@interwatt/server'
import {
  type Document,
  evseKey,
  type NodeEvent,
  type ObjectStore,
  type ProfileListener,
  type ProfileRequest,
  type ProfileRequestStore,
  type ProfileRequestType,
  type ProfileTrace,
  type StoredObject,
  sessionKey,
} from '@interwatt/store'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { moduleRoles, partiesIn } from '../modules/access.rules.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { createTurns } from '../turns.js'
import {
  judgeProfile,
  judgeRelay,
  mayHold,
  type ProfileCase,
  type ProfileResponse,
  readDuration,
  readResponseUrl,
  senderOf,
} from './profile.rules.js'
import type { Relay } from './relay.js'

export interface ReceiveProfileDeps {
  readonly objects: ObjectStore
  readonly requests: ProfileRequestStore
  readonly directory: Directory
  readonly now: () => number
  /** Seconds the Sender may wait for a result. */
  readonly timeoutS: number
  /** Requests a Sender may make for one session in a minute (CP-008). */
  readonly perMinute: number
  /** Why a response_url of this partner may not be called; undefined when it may (CP-024). */
  refuseResponseUrl(partnerId: string, url: string): Promise<string | undefined>
  /** Whether this partner may steer sessions of others' customers (ROL-012). */
  mayAlwaysSteer(partnerId: string): boolean
  /** What tells the back end to execute an accepted request; stored together with it. */
  receivedEvent(request: ProfileRequest): NodeEvent
  /** What is asked of an eMSP here about its customer's session at another CPO. */
  readonly relay: Relay
}

type ReceiverOperation = Extract<Operation, `chargingprofiles.receiver.${string}`>
type ProfileCall = Pick<
  Call<ReceiverOperation>,
  'caller' | 'params' | 'queryText' | 'routing' | 'correlationId'
>

/** A request as it was read from its method, whichever that is. */
interface Wish {
  readonly type: ProfileRequestType
  readonly request: Document
  readonly limits: readonly number[]
  readonly responseUrl: string
}

const invalid = (message: string): OcpiRefusal => new OcpiRefusal('invalid', message)

/** What the query of a GET or DELETE must hold (CP-025). */
const ProfileQuery = object('ProfileQuery', 'mod_charging_profiles_cpo_interface', {
  response_url: one(url()),
})

const urlOf = (call: ProfileCall): string => {
  const text = readResponseUrl(call.queryText)
  const read = parseDocument(ProfileQuery, { response_url: text }, 'whole')
  if (text !== undefined && read.ok) return text
  const [finding] = read.findings
  throw invalid(`${finding?.message ?? 'response_url cannot be read'} (CP-025).`)
}

const readWish = (call: Call<'chargingprofiles.receiver.read'>): Wish => {
  const duration = readDuration(call.query.duration)
  if (duration === undefined)
    throw invalid('duration is needed, as a positive whole number of seconds (CP-025, CP-026).')
  return { type: 'READ', request: { duration }, limits: [], responseUrl: urlOf(call) }
}

const setWish = ({ body }: Call<'chargingprofiles.receiver.set'>): Wish => ({
  type: 'SET',
  request: { charging_profile: asDocument(body.charging_profile) },
  limits: (body.charging_profile.charging_profile_period ?? []).map(({ limit }) => limit),
  responseUrl: body.response_url,
})

const clearWish = (call: Call<'chargingprofiles.receiver.clear'>): Wish => ({
  type: 'CLEAR',
  request: {},
  limits: [],
  responseUrl: urlOf(call),
})

/** The own session that is named, of the party that is asked (CP-005). */
const ownSession = async (deps: ReceiveProfileDeps, call: ProfileCall): Promise<StoredObject | undefined> => {
  const keys = hostedIn(deps.directory.hosted(), 'CPO', call.routing.to).map((party) =>
    sessionKey(party, call.params.session_id),
  )
  return (await deps.objects.getMany(keys)).find((row) => isLive(row) && row.receivedFrom === null)
}

const capabilitiesAt = async (
  deps: Pick<ReceiveProfileDeps, 'objects'>,
  session: StoredObject,
): Promise<readonly unknown[]> => {
  const { location_id: location, evse_uid: uid } = session.document
  const evse = await deps.objects.get(evseKey(session.key, String(location), String(uid)))
  return isLive(evse) && Array.isArray(evse.document.capabilities) ? evse.document.capabilities : []
}

const tokenOwner = (session: StoredObject): PartyId | undefined => {
  const { country_code: country, party_id: party } = asDocument(session.document.cdr_token)
  return typeof country === 'string' && typeof party === 'string' ? partyOf(country, party) : undefined
}

/** The party that asks; a caller is only admitted with one that may. */
const senderIn = (call: ProfileCall, owner: PartyId | undefined): ProfileListener => {
  const parties = partiesIn(call.caller, moduleRoles.chargingprofiles.owners)
  const party = senderOf(parties, call.routing.from, owner)
  if (party === undefined) throw invalid('None of your parties is an eMSP or SCSP.')
  return { partnerId: call.caller.partnerId, party }
}

const MINUTE_MS = 60_000

/** A session, and what was asked about it before anything else was looked at. */
interface Steered {
  readonly session: StoredObject
  readonly traces: readonly ProfileTrace[]
}

/** Everything that decides, looked up. */
const caseOf = async (
  deps: ReceiveProfileDeps,
  wish: Wish,
  { session, traces }: Steered,
  sender: ProfileListener,
): Promise<ProfileCase> => {
  const owner = tokenOwner(session)
  const since = new Date(deps.now() - MINUTE_MS).toISOString()
  const [capabilities, recent] = await Promise.all([
    capabilitiesAt(deps, session),
    deps.requests.countSince(session.key, sender.partnerId, sender.party, since),
  ])
  return {
    type: wish.type,
    sender,
    limits: wish.limits,
    session: session.document,
    isSenders: owner !== undefined && sameParty(owner, sender.party),
    contracted: deps.mayAlwaysSteer(sender.partnerId),
    capabilities,
    traces,
    recent,
    most: deps.perMinute,
  }
}

const answer = (deps: ReceiveProfileDeps, result: string): Reply => ({
  kind: 'data',
  data: { result, timeout: result === 'ACCEPTED' ? deps.timeoutS : 0 },
})

/** A CLEAR of nothing is settled at once: its result is known before anybody is asked (CP-010). */
const SETTLE_MS = 2000

interface Judged {
  readonly wish: Wish
  readonly session: StoredObject
  readonly sender: ProfileListener
  readonly response: ProfileResponse
  readonly settled: 'UNKNOWN' | null
}

const requestOf = (deps: ReceiveProfileDeps, call: ProfileCall, judged: Judged): ProfileRequest => {
  const { wish, session, sender, response, settled } = judged
  const nowMs = deps.now()
  const accepted = response === 'ACCEPTED'
  const waitMs = settled === null ? deps.timeoutS * 1000 : SETTLE_MS
  return {
    id: randomUUID(),
    direction: 'received',
    type: wish.type,
    partnerId: sender.partnerId,
    senderParty: sender.party,
    session: session.key,
    sessionId: String(session.document.id),
    request: wish.request,
    responseUrl: wish.responseUrl,
    responseTokenHash: null,
    state: accepted ? 'ACCEPTED' : 'REFUSED',
    response,
    result: settled,
    profile: null,
    message: null,
    deadline: accepted ? new Date(nowMs + waitMs).toISOString() : null,
    correlationId: call.correlationId,
    createdAt: new Date(nowMs).toISOString(),
    finishedAt: accepted ? null : new Date(nowMs).toISOString(),
  }
}

const decide = async (
  deps: ReceiveProfileDeps,
  call: ProfileCall,
  wish: Wish,
  steered: Steered,
): Promise<Reply | 'overtaken'> => {
  const { session, traces } = steered
  const sender = senderIn(call, tokenOwner(session))
  const facts = await caseOf(deps, wish, steered, sender)
  const response = judgeProfile(facts)
  // NOTE: nothing is stored of what is too much already.
  if (response === 'TOO_OFTEN') return answer(deps, response)
  const settled =
    response === 'ACCEPTED' && wish.type === 'CLEAR' && !mayHold(facts.traces, sender) ? 'UNKNOWN' : null
  const request = requestOf(deps, call, { wish, session, sender, response, settled })
  if (response !== 'ACCEPTED' || settled !== null) await deps.requests.insert(request)
  else if (!(await deps.requests.insertReceived(request, deps.receivedEvent(request), traces)))
    return 'overtaken'
  return answer(deps, response)
}

/** How long the CPO may take to answer at once before the request ends without. */
const RELAY_MS = 60_000

/** What an SCSP asks of an eMSP here: stored before it is passed on, since the result may come before the answer (CP-038). */
const relay = async (
  deps: ReceiveProfileDeps,
  call: ProfileCall,
  wish: Wish,
  { session, traces }: Steered,
): Promise<Reply | 'overtaken'> => {
  const sender = senderIn(call, tokenOwner(session))
  const since = new Date(deps.now() - MINUTE_MS).toISOString()
  const response = judgeRelay({
    type: wish.type,
    sender,
    limits: wish.limits,
    session: session.document,
    contracted: deps.mayAlwaysSteer(sender.partnerId),
    traces,
    recent: await deps.requests.countSince(session.key, sender.partnerId, sender.party, since),
    most: deps.perMinute,
  })
  if (response === 'TOO_OFTEN') return answer(deps, response)
  const request = requestOf(deps, call, { wish, session, sender, response, settled: null })
  if (response === 'REJECTED') {
    await deps.requests.insert(request)
    return answer(deps, response)
  }
  const deadline = new Date(deps.now() + RELAY_MS).toISOString()
  const waiting: ProfileRequest = { ...request, state: 'PENDING', response: null, deadline }
  if (!(await deps.requests.insertReceived(waiting, undefined, traces))) return 'overtaken'
  return deps.relay.forward(waiting)
}

/**
 * The same again while its result is awaited is answered the same and not executed twice. Afterwards it is a request of its own: the
 * address need not be another one for each (CP-031).
 */
const isRepeated = (earlier: ProfileRequest, call: ProfileCall, wish: Wish): boolean =>
  earlier.state === 'ACCEPTED' &&
  earlier.type === wish.type &&
  foldCase(earlier.sessionId) === foldCase(call.params.session_id) &&
  contentEquals(earlier.request, wish.request)

const handleOnce = async (
  deps: ReceiveProfileDeps,
  call: ProfileCall,
  wish: Wish,
): Promise<Reply | 'overtaken'> => {
  const { partnerId } = call.caller
  const own = await ownSession(deps, call)
  const session = own ?? (await deps.relay.sessionOf(call.params.session_id, call.routing.to))
  // NOTE: read before it is asked whether this is a repeat: one that is taken elsewhere after that is newer than these.
  const traces = session ? await deps.requests.traces(session.key) : []
  const since = new Date(deps.now() - deps.timeoutS * 1000).toISOString()
  const earlier = await deps.requests.receivedAt(partnerId, wish.responseUrl, since)
  if (earlier !== undefined && isRepeated(earlier, call, wish)) return answer(deps, 'ACCEPTED')
  const refused = await deps.refuseResponseUrl(partnerId, wish.responseUrl)
  if (refused !== undefined) throw invalid(`response_url may not be called: ${refused} (CP-024).`)
  if (session === undefined) return answer(deps, 'UNKNOWN_SESSION')
  return own ? decide(deps, call, wish, { session, traces }) : relay(deps, call, wish, { session, traces })
}

/** Others that get in between are few, since each may ask a few times a minute only. */
const MOST_TRIES = 20

/** What another node took for the session meanwhile is seen when it is judged again (CP-045). */
const handle = async (deps: ReceiveProfileDeps, call: ProfileCall, wish: Wish): Promise<Reply> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const reply = await handleOnce(deps, call, wish)
    if (reply !== 'overtaken') return reply
  }
  return answer(deps, 'REJECTED')
}

/** Requests of Senders, CPO side: answered at once, executed by the back end, resulted later (CP-001 to CP-010). */
export const receivedProfileHandlers = (deps: ReceiveProfileDeps): Pick<Handlers, ReceiverOperation> => {
  const inTurn = createTurns()
  const take = (call: ProfileCall, wish: Wish): Promise<Reply> =>
    // On one node they wait for each other; between nodes the store tells them apart (CP-045).
    inTurn(foldCase(call.params.session_id), () => handle(deps, call, wish))
  return {
    'chargingprofiles.receiver.read': async (call) => take(call, readWish(call)),
    'chargingprofiles.receiver.set': async (call) => take(call, setWish(call)),
    'chargingprofiles.receiver.clear': async (call) => take(call, clearWish(call)),
  }
}
