import { randomUUID } from 'node:crypto'
import type { ClientPartner, OcpiClient, Outcome } from '@interwatt/client'
import {
  type Finding,
  foldCase,
  lift,
  lower,
  type Operation,
  ocpi230,
  type PartyId,
  parseDocument,
  partyOf,
  type Schema,
  schemaOf,
  type VersionId,
  versionOf,
} from '@interwatt/protocol'
import { moduleUrl } from '@interwatt/server'
import type {
  Command,
  CommandStore,
  CommandType,
  Document,
  HostedParty,
  ObjectLookup,
  Partner,
  StoredObject,
} from '@interwatt/store'
import { type AskAway, awayProblem } from '../directory/away.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { concerns } from '../modules/sessions/concerns.js'
import { describeOutcome } from '../registration/discover.js'
import { newSecretToken, type Secrets } from '../secrets.js'
import { type CommandService, type Problem, problem, type Result } from '../services.js'
import { salvageResponse, waitSeconds } from './command.rules.js'
import { fitToPlace, hidesConnector, type PermitDeps, refuseToken } from './permit.js'

export interface SendDeps extends PermitDeps {
  readonly lookup: ObjectLookup
  readonly commands: CommandStore
  readonly client: OcpiClient
  readonly secrets: Secrets
  readonly publicUrl: string
  readonly now: () => number
  readonly askAway: AskAway
  openPartner(partner: Partner): ClientPartner | undefined
  onUpdated(command: Command): Promise<void>
}

type SendOperation = Exclude<Extract<Operation, `commands.receiver.${string}`>, 'commands.receiver.unknown'>

interface Kind {
  readonly operation: SendOperation
  readonly document:
    | 'start_session'
    | 'stop_session'
    | 'reserve_now'
    | 'cancel_reservation'
    | 'unlock_connector'
  readonly schema: Schema
}

const KINDS: Readonly<Record<CommandType, Kind>> = {
  START_SESSION: {
    operation: 'commands.receiver.startSession',
    document: 'start_session',
    schema: ocpi230.StartSession,
  },
  STOP_SESSION: {
    operation: 'commands.receiver.stopSession',
    document: 'stop_session',
    schema: ocpi230.StopSession,
  },
  RESERVE_NOW: {
    operation: 'commands.receiver.reserveNow',
    document: 'reserve_now',
    schema: ocpi230.ReserveNow,
  },
  CANCEL_RESERVATION: {
    operation: 'commands.receiver.cancelReservation',
    document: 'cancel_reservation',
    schema: ocpi230.CancelReservation,
  },
  UNLOCK_CONNECTOR: {
    operation: 'commands.receiver.unlockConnector',
    document: 'unlock_connector',
    schema: ocpi230.UnlockConnector,
  },
}

const isProblem = (value: Problem | object): value is Problem => 'kind' in value && value.kind === 'problem'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const inParty = (body: Document, rows: readonly StoredObject[]): readonly StoredObject[] => {
  const country = text(body.country_code)
  const party = text(body.party_id)
  return rows.filter(
    (row) =>
      isLive(row) &&
      row.receivedFrom !== null &&
      (country === undefined || row.key.countryCode === foldCase(country)) &&
      (party === undefined || row.key.partyId === foldCase(party)),
  )
}

interface Target {
  readonly partner: Partner
  /** CPO party that gets the command. */
  readonly to: PartyId
  /** The location it is for, when it names one. */
  readonly location?: StoredObject
  /** The session it is for, when it names one. */
  readonly session?: StoredObject
}

const targetOf = async (
  deps: SendDeps,
  rows: readonly StoredObject[],
  what: string,
): Promise<Target | Problem> => {
  const [row, second] = rows
  if (!row) return problem(404, `Unknown ${what}`, `No connected partner has sent this ${what}.`)
  if (second)
    return problem(
      409,
      `Ambiguous ${what}`,
      `Several parties have a ${what} with this id; add country_code and party_id of its owner.`,
    )
  const partner = row.receivedFrom === null ? undefined : await deps.directory.partner(row.receivedFrom)
  return partner
    ? { partner, to: row.key, ...(row.key.kind === 'location' ? { location: row } : { session: row }) }
    : problem(409, 'The partner is gone', `The partner this ${what} came from is no longer connected.`)
}

/** The party a command goes to: owner of the location, of the session, or of the reservation (design 8.3). */
const findTarget = async (deps: SendDeps, type: CommandType, body: Document): Promise<Target | Problem> => {
  if (type === 'STOP_SESSION') {
    return targetOf(
      deps,
      inParty(body, await deps.lookup.byId('session', text(body.session_id) ?? '')),
      'session',
    )
  }
  if (type === 'CANCEL_RESERVATION') {
    const id = foldCase(text(body.reservation_id) ?? '')
    const [reserved] = await deps.commands.reservations('sent', id)
    const partner = reserved && (await deps.directory.partner(reserved.partnerId))
    const to = reserved?.party ?? partner?.roles.find((role) => role.role === 'CPO')?.party
    return partner && to
      ? { partner, to }
      : problem(404, 'Unknown reservation', 'No RESERVE_NOW with this reservation_id was sent.')
  }
  return targetOf(
    deps,
    inParty(body, await deps.lookup.byId('location', text(body.location_id) ?? '')),
    'location',
  )
}

/** A whole Token for the body: as given, or looked up by `uid` (and `type`) among our own. */
const fillToken = async (deps: SendDeps, given: unknown): Promise<Document | Problem> => {
  const token = typeof given === 'object' && given !== null ? asDocument(given) : { uid: given }
  if (token.contract_id !== undefined) return token
  const type = foldCase(text(token.type) ?? 'RFID')
  const rows = await deps.lookup.tokensByUid(text(token.uid) ?? '')
  const own = rows.filter((row) => isLive(row) && row.receivedFrom === null)
  const found =
    own.find((row) => row.document.type === type) ??
    (token.type === undefined && own.length === 1 ? own[0] : undefined)
  return (
    found?.document ??
    problem(
      404,
      'Unknown token',
      'No own token has this uid and type; send the whole Token or create it first.',
    )
  )
}

const invalid = (findings: readonly Finding[]): Problem =>
  problem(
    422,
    'The command is not valid',
    findings.map((finding) => `${finding.pointer} ${finding.message}`).join('; '),
    findings,
  )

/** Our party that asks: whose token the session runs on, else the eMSP or payment terminal provider there is. */
const askerOf = (hosted: readonly HostedParty[], { session }: Target): PartyId | undefined => {
  const asking = hosted.filter(({ roles }) => roles.includes('EMSP') || roles.includes('PTP'))
  const own = session && asking.find(({ party }) => concerns(session.document, [party]))
  return (own ?? asking.find(({ roles }) => roles.includes('EMSP')) ?? asking[0])?.party
}

interface Prepared {
  readonly command: Command
  readonly body: unknown
  readonly open: ClientPartner
  readonly target: Target
  readonly from: PartyId | undefined
}

/** A reference stands for one card payment; a start that was refused or failed may be tried again with it (PAY-021). */
const usedReference = async (deps: SendDeps, reference: unknown): Promise<Problem | undefined> => {
  if (text(reference) === undefined) return undefined
  const before = await deps.commands.sentWithReference(String(reference))
  const running = before.some(
    ({ type, state }) =>
      type === 'START_SESSION' && state !== 'REFUSED' && state !== 'FAILED' && state !== 'TIMEOUT',
  )
  return running
    ? problem(
        409,
        'The reference is taken',
        'A START_SESSION was sent with this authorization_reference (PAY-021).',
      )
    : undefined
}

const prepare = async (deps: SendDeps, type: CommandType, input: Document): Promise<Prepared | Problem> => {
  const kind = KINDS[type]
  const { country_code: _country, party_id: _party, ...rest } = input
  const token = 'token' in rest ? await fillToken(deps, rest.token) : undefined
  if (token && isProblem(token)) return token
  const target = await findTarget(deps, type, input)
  if (isProblem(target)) return target
  const open = target.partner.status === 'REGISTERED' ? deps.openPartner(target.partner) : undefined
  if (!open)
    return problem(409, 'The partner is not connected', `${target.partner.name} is ${target.partner.status}.`)
  const away = await deps.askAway(target.partner, target.to)
  if (away) return awayProblem(away)
  const refused = token && (await refuseToken(deps, token, rest))
  if (refused) return refused
  const fitted = target.location ? await fitToPlace(deps, type, rest, target.location) : rest
  if (isProblem(fitted)) return fitted
  const used =
    token?.type === 'AD_HOC_USER' ? await usedReference(deps, rest.authorization_reference) : undefined
  if (used) return used
  const secret = newSecretToken()
  const reference =
    type === 'START_SESSION' || type === 'RESERVE_NOW'
      ? { authorization_reference: text(rest.authorization_reference) ?? randomUUID() }
      : {}
  const request: Document = { ...fitted, ...(token ? { token } : {}), ...reference }
  const whole = {
    response_url: `${moduleUrl(deps.publicUrl, open.version, 'commands', 'SENDER')}/${type}/${secret}`,
    ...request,
  }
  const parsed = parseDocument(kind.schema, whole, 'whole')
  if (!parsed.ok) return invalid(parsed.findings)
  const lowered = lower(kind.document, open.version, asDocument(parsed.value), 'whole')
  if (lowered.kind === 'withheld')
    return problem(422, `Not possible in version ${open.version}`, lowered.reason)
  if (await hidesConnector(deps, lowered.losses, request, target.location))
    return {
      ...problem(
        422,
        `Not possible in version ${open.version}`,
        'The partner cannot be told the connector, and this EVSE has more than one.',
      ),
      type: 'connector-not-told',
    }
  const from =
    target.partner.own?.party ??
    (token
      ? partyOf(String(token.country_code), String(token.party_id))
      : askerOf(deps.directory.hosted(), target))
  const command: Command = {
    id: randomUUID(),
    direction: 'sent',
    type,
    partnerId: target.partner.id,
    party: { countryCode: target.to.countryCode, partyId: target.to.partyId },
    request,
    responseUrl: null,
    responseTokenHash: deps.secrets.hash(secret),
    state: 'PENDING',
    response: null,
    result: null,
    message: null,
    deadline: new Date(deps.now() + 60_000).toISOString(),
    sessionId: null,
    correlationId: randomUUID(),
    createdAt: new Date(deps.now()).toISOString(),
    finishedAt: null,
  }
  return { command, body: lowered.document, open, target, from }
}

/** The answer as an object, also where an edition of the version gave the word alone (commands.md trap 2). */
const answerIn = (version: VersionId, data: unknown): unknown =>
  typeof data === 'string' && versionOf(version)?.traits.answersByWord === true
    ? { result: data.toUpperCase() }
    : data

/** What the synchronous answer makes of the command. */
const afterAnswer = (deps: SendDeps, open: ClientPartner, outcome: Outcome): Partial<Command> => {
  const finishedAt = new Date(deps.now()).toISOString()
  if (outcome.kind !== 'ok')
    return { state: 'FAILED', message: `The partner ${describeOutcome(outcome)}`, finishedAt }
  const schema = schemaOf(open.version, 'command_response')
  const said = answerIn(open.version, outcome.data)
  const parsed = schema && parseDocument(schema, said, 'whole')
  const answer: Document | undefined = parsed?.ok
    ? asDocument(lift('command_response', open.version, asDocument(parsed.value), 'whole').document)
    : salvageResponse(said)
  if (!answer)
    return { state: 'FAILED', message: 'The partner sent an answer that is no CommandResponse.', finishedAt }
  const response = String(answer.result)
  if (response !== 'ACCEPTED')
    return { state: 'REFUSED', response, message: answer.message ?? null, finishedAt }
  const deadline = new Date(deps.now() + waitSeconds(Number(answer.timeout)) * 1000).toISOString()
  return { state: 'ACCEPTED', response, message: answer.message ?? null, deadline }
}

/**
 * Sends a command and settles with the synchronous answer. The record exists before the request leaves, since the result may
 * arrive first (trap 17).
 */
export const createSend =
  (deps: SendDeps): CommandService['send'] =>
  async (type, body): Promise<Result<Command>> => {
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      return problem(400, 'Not a command', 'The body is a JSON object.')
    const prepared = await prepare(deps, type, asDocument(body))
    if (isProblem(prepared)) return prepared
    const { command, open, target, from } = prepared
    await deps.commands.insert(command)
    const context = {
      correlationId: command.correlationId,
      to: target.to,
      ...(from ? { from } : {}),
      timeoutMs: 30_000,
    }
    const outcome = await deps.client.call(
      open,
      KINDS[type].operation,
      { params: {}, body: prepared.body },
      context,
    )
    const changed = await deps.commands.update(command.id, ['PENDING'], afterAnswer(deps, open, outcome))
    const latest = changed ?? (await deps.commands.get(command.id)) ?? command
    await deps.onUpdated(latest)
    return { kind: 'done', value: latest }
  }
