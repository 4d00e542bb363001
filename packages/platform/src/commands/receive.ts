import { randomUUID } from 'node:crypto'
import {
  contentEquals,
  lower,
  OcpiRefusal,
  type Operation,
  type ocpi230,
  type PartyId,
  parseDateTime,
  partyOf,
} from '@interwatt/protocol'
import type { Call, Handlers, Reply } from '@interwatt/server'
import {
  type Command,
  type CommandStore,
  type CommandType,
  type Document,
  locationKey,
  type NodeEvent,
  type ObjectStore,
  type StoredObject,
  sessionKey,
} from '@interwatt/store'
import type { AskAccess } from '../bookings/booking-access.js'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { moduleRoles } from '../modules/access.rules.js'
import { concernedParties } from '../modules/calling-parties.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { concerns } from '../modules/sessions/concerns.js'
import { createTurns } from '../turns.js'
import { judgeExpiry, judgePlace, judgeStop, type Verdict } from './command.rules.js'

export interface ReceiveCommandDeps {
  readonly objects: ObjectStore
  readonly commands: CommandStore
  readonly directory: Directory
  readonly now: () => number
  /** Seconds the partner may wait for a result. */
  readonly timeoutS: number
  /** Why a response_url of this partner may not be called; undefined when it may (CMD-011). */
  refuseResponseUrl(partnerId: string, url: string): Promise<string | undefined>
  /** Whether this partner may unlock connectors (CMD-042). */
  mayUnlock(partnerId: string): boolean
  /** What bookings say about a token at a place (BKG-051, BKG-063). */
  readonly askAccess: AskAccess
  /** What tells the back end to execute an accepted command; stored together with it. */
  receivedEvent(command: Command): NodeEvent
}

type ReceiverOperation = Extract<Operation, `commands.receiver.${string}`>
type ReceiverHandlers = Pick<Handlers, ReceiverOperation>
type CommandCall = Call<Exclude<ReceiverOperation, 'commands.receiver.unknown'>>

/** The CommandResponse in the version of the caller (CMD-003 to CMD-005). */
const response = (
  { version }: Pick<CommandCall, 'version'>,
  verdict: Verdict,
  timeoutS: number,
): Document => {
  const canonical: ocpi230.CommandResponse = {
    result: verdict.result,
    timeout: verdict.result === 'ACCEPTED' ? timeoutS : 0,
    ...(verdict.message === undefined ? {} : { message: [{ language: 'en', text: verdict.message }] }),
  }
  const lowered = lower('command_response', version, asDocument(canonical), 'whole')
  if (lowered.kind === 'withheld') throw new Error(`No CommandResponse in ${version}: ${lowered.reason}`)
  return asDocument(lowered.document)
}

const ownLocation = async (
  deps: ReceiveCommandDeps,
  call: CommandCall,
  id: string,
): Promise<StoredObject> => {
  for (const party of hostedIn(deps.directory.hosted(), 'CPO', call.routing.to)) {
    const location = await deps.objects.getLocation(locationKey(party, id))
    if (isLive(location) && location.receivedFrom === null) return location
  }
  throw new OcpiRefusal('unknownLocation', `There is no location ${id} here.`, {
    http: 200,
    data: response(call, { result: 'REJECTED', message: 'Unknown location.' }, 0),
  })
}

const ownSession = async (
  deps: ReceiveCommandDeps,
  call: CommandCall,
  id: string,
): Promise<StoredObject | undefined> => {
  const keys = hostedIn(deps.directory.hosted(), 'CPO', call.routing.to).map((party) => sessionKey(party, id))
  return (await deps.objects.getMany(keys)).find(isLive)
}

const evsesOf = (location: StoredObject): readonly Document[] =>
  Array.isArray(location.document.evses) ? location.document.evses.map(asDocument) : []

/** Only own tokens may be used (CMD-028). */
const assertOwnToken = (call: CommandCall, token: ocpi230.Token): void => {
  const owners = concernedParties(call, moduleRoles.commands.owners)
  if (!concerns({ cdr_token: token }, owners)) {
    throw new OcpiRefusal(
      'invalid',
      `/token belongs to ${token.country_code}*${token.party_id}, which is not one of your parties (CMD-028).`,
    )
  }
}

/** A start at what somebody else has booked, or in a way the booking does not allow, is rejected (BKG-051, BKG-063). */
const judgeBookings = async (
  deps: ReceiveCommandDeps,
  { body }: CommandCall,
  owner: PartyId,
): Promise<Verdict | undefined> => {
  if (!('token' in body)) return undefined
  const { country_code, party_id, uid, type } = body.token
  const access = await deps.askAccess({
    token: { ...partyOf(country_code, party_id), uid, type },
    locationId: body.location_id,
    evseUids: body.evse_uid === undefined ? undefined : [body.evse_uid],
    manner: 'remote',
    owner,
  })
  return access.kind === 'refused' ? { result: 'REJECTED', message: access.reason } : undefined
}

interface Judged {
  readonly verdict: Verdict
  readonly party: Command['party']
}

const judge = async (deps: ReceiveCommandDeps, type: CommandType, call: CommandCall): Promise<Judged> => {
  const { body } = call
  if ('session_id' in body) {
    const session = await ownSession(deps, call, body.session_id)
    const mine = session !== undefined && concerns(session.document, concernedParties(call, ['EMSP', 'PTP']))
    return { verdict: judgeStop(session?.document, mine), party: session?.key ?? null }
  }
  if (!('location_id' in body)) {
    const reserved = await findReservation(deps, call.caller.partnerId, body.reservation_id)
    const message = 'This reservation is not known.'
    return {
      verdict: reserved ? { result: 'ACCEPTED' } : { result: 'REJECTED', message },
      party: reserved?.party ?? null,
    }
  }
  if ('token' in body) assertOwnToken(call, body.token)
  const location = await ownLocation(deps, call, body.location_id)
  const expiry =
    'expiry_date' in body
      ? judgeExpiry(parseDateTime(String(body.expiry_date))?.epochMs, deps.now())
      : undefined
  if (expiry && expiry.result !== 'ACCEPTED') return { verdict: expiry, party: location.key }
  if (type === 'UNLOCK_CONNECTOR' && !deps.mayUnlock(call.caller.partnerId)) {
    return {
      verdict: { result: 'NOT_SUPPORTED', message: 'Unlocking is not agreed with this partner.' },
      party: location.key,
    }
  }
  const connector = 'connector_id' in body ? body.connector_id : undefined
  const booked = type === 'START_SESSION' ? await judgeBookings(deps, call, location.key) : undefined
  if (booked !== undefined) return { verdict: booked, party: location.key }
  return {
    verdict: judgePlace(
      type,
      { evses: evsesOf(location) },
      { evse_uid: body.evse_uid, connector_id: connector },
    ),
    party: location.key,
  }
}

/** The live reservation of this partner with that id, as the command that made it (CMD-021). */
const findReservation = async (
  deps: ReceiveCommandDeps,
  partnerId: string,
  reservationId: string,
): Promise<Command | undefined> => {
  const commands = await deps.commands.reservations('received', reservationId)
  return commands.find(
    (command) =>
      command.partnerId === partnerId && (command.state === 'ACCEPTED' || command.result === 'ACCEPTED'),
  )
}

/** Without routing headers the owner of the token asks, else the only party there is (CMD-010). */
const askerIn = (call: CommandCall): PartyId | null => {
  const { body } = call
  if ('token' in body) return partyOf(body.token.country_code, body.token.party_id)
  return concernedParties(call, moduleRoles.commands.owners)[0] ?? null
}

const RESPONSES = ['ACCEPTED', 'REJECTED', 'NOT_SUPPORTED', 'UNKNOWN_SESSION'] as const

/** The same command again within its time is answered the same and not executed twice (CMD-040). */
const answerOf = (earlier: Command): Verdict => {
  const result = RESPONSES.find((known) => known === earlier.response) ?? 'REJECTED'
  return typeof earlier.message === 'string' ? { result, message: earlier.message } : { result }
}

/** The same command that the partner sent since a time (ISO), with what it was answered. */
const earlierOf = async (
  deps: ReceiveCommandDeps,
  type: CommandType,
  { caller, body: { response_url: responseUrl, ...request } }: CommandCall,
  since: string,
): Promise<Verdict | undefined> => {
  const earlier = await deps.commands.receivedAt(caller.partnerId, responseUrl, since)
  return earlier?.type === type && contentEquals(earlier.request, asDocument(request))
    ? answerOf(earlier)
    : undefined
}

const handle = async (deps: ReceiveCommandDeps, type: CommandType, call: CommandCall): Promise<Reply> => {
  const { response_url: responseUrl, ...request } = call.body
  const since = new Date(deps.now() - deps.timeoutS * 1000).toISOString()
  const answered = (verdict: Verdict): Reply => ({
    kind: 'data',
    data: response(call, verdict, deps.timeoutS),
  })
  const earlier = await earlierOf(deps, type, call, since)
  if (earlier !== undefined) return answered(earlier)
  const refused = await deps.refuseResponseUrl(call.caller.partnerId, responseUrl)
  if (refused !== undefined)
    throw new OcpiRefusal('invalid', `/response_url may not be called: ${refused} (CMD-011).`)
  const { verdict, party } = await judge(deps, type, call)
  const nowMs = deps.now()
  const accepted = verdict.result === 'ACCEPTED'
  const command: Command = {
    id: randomUUID(),
    direction: 'received',
    type,
    partnerId: call.caller.partnerId,
    party: party && { countryCode: party.countryCode, partyId: party.partyId },
    partnerParty: call.routing.from ?? askerIn(call),
    request: asDocument(request),
    responseUrl,
    responseTokenHash: null,
    state: accepted ? 'ACCEPTED' : 'REFUSED',
    response: verdict.result,
    result: null,
    message: verdict.message ?? null,
    deadline: accepted ? new Date(nowMs + deps.timeoutS * 1000).toISOString() : null,
    sessionId: null,
    correlationId: call.correlationId,
    createdAt: new Date(nowMs).toISOString(),
    finishedAt: accepted ? null : new Date(nowMs).toISOString(),
  }
  if (!accepted) await deps.commands.insert(command)
  else if (!(await deps.commands.insertReceived(command, deps.receivedEvent(command), since)))
    return answered((await earlierOf(deps, type, call, since)) ?? verdict)
  return answered(verdict)
}

const named = (command: string): string =>
  /^\w{1,50}$/.test(command) ? `The command ${command}` : 'This command'

/** Commands of partners, CPO side: answered at once, executed by the back end, resulted later (CMD-001 to CMD-046). */
export const receivedCommandHandlers = (deps: ReceiveCommandDeps): ReceiverHandlers => {
  // The same command at the same moment waits for the first, without being judged twice (CMD-040).
  const inTurn = createTurns()
  const take = (type: CommandType) => (call: CommandCall) =>
    inTurn(`${call.caller.partnerId} ${call.body.response_url}`, () => handle(deps, type, call))
  return {
    'commands.receiver.startSession': take('START_SESSION'),
    'commands.receiver.stopSession': take('STOP_SESSION'),
    'commands.receiver.reserveNow': take('RESERVE_NOW'),
    'commands.receiver.cancelReservation': take('CANCEL_RESERVATION'),
    'commands.receiver.unlockConnector': take('UNLOCK_CONNECTOR'),
    'commands.receiver.unknown': async (call) => ({
      kind: 'data',
      data: response(
        call,
        { result: 'NOT_SUPPORTED', message: `${named(call.params.command)} is not supported.` },
        0,
      ),
    }),
  }
}
