import { randomUUID } from 'node:crypto'
import type { ClientPartner, OcpiClient, Outcome } from '@interwatt/client'
import { lower, ocpi230, type PartyId, parseDocument, schemaOf } from '@interwatt/protocol'
import { moduleUrl } from '@interwatt/server'
import type {
  Document,
  ObjectKey,
  ObjectStore,
  Partner,
  ProfileRequest,
  ProfileRequestStore,
  ProfileRequestType,
  StoredObject,
} from '@interwatt/store'
import { salvageAnswer, waitSeconds } from '../commands/command.rules.js'
import { type AskAway, awayProblem } from '../directory/away.js'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { concerns } from '../modules/sessions/concerns.js'
import { invalid } from '../objects/own-objects.js'
import { describeOutcome } from '../registration/discover.js'
import { newSecretToken, type Secrets } from '../secrets.js'
import { type ChargingProfileService, type Problem, problem, type Result } from '../services.js'
import { isOngoing } from './profile.rules.js'

export interface SendProfileDeps {
  readonly objects: ObjectStore
  readonly requests: ProfileRequestStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly secrets: Secrets
  readonly publicUrl: string
  readonly now: () => number
  readonly askAway: AskAway
  openPartner(partner: Partner): ClientPartner | undefined
  onUpdated(request: ProfileRequest): Promise<void>
}

/** What goes out: the request that was stored, and how to reach its CPO. */
interface Prepared {
  readonly request: ProfileRequest
  readonly responseUrl: string
  readonly open: ClientPartner
}

const isProblem = (value: object): value is Problem => 'kind' in value && value.kind === 'problem'

/** The party in whose name it is asked: the owner of the token, else an SCSP here, to which the CPO gave its sessions (CP-034). */
const senderFor = (deps: SendProfileDeps, session: StoredObject): PartyId | undefined => {
  const hosted = deps.directory.hosted()
  return (
    hostedIn(hosted, 'EMSP').find((party) => concerns(session.document, [party])) ??
    hostedIn(hosted, 'SCSP')[0]
  )
}

/** A running session that a connected partner sent us and that we may steer, or why there is none. */
const steerable = async (
  deps: SendProfileDeps,
  key: ObjectKey,
): Promise<{ session: StoredObject; sender: PartyId; open: ClientPartner } | Problem> => {
  const session = await deps.objects.get(key)
  if (!isLive(session) || session.receivedFrom === null)
    return problem(404, 'No such received session', 'Profiles are set on sessions at a partner.')
  const sender = senderFor(deps, session)
  if (sender === undefined)
    return problem(422, 'Not our customer', 'The token of this session is of no party of this node (CP-034).')
  if (!isOngoing(session.document))
    return problem(
      409,
      `The session is ${String(session.document.status)}`,
      'Only a running session is steered.',
    )
  const partner = await deps.directory.partner(session.receivedFrom)
  const open = partner?.status === 'REGISTERED' ? deps.openPartner(partner) : undefined
  if (partner === undefined || open === undefined)
    return problem(409, 'The partner is not connected', 'The CPO of this session cannot be reached.')
  const away = await deps.askAway(partner, session.key)
  return away === undefined ? { session, sender, open } : awayProblem(away)
}

/** How long the synchronous answer may take before the request counts as lost. */
const ANSWER_MS = 60_000

/** Identity of a request that passes on one of somebody else. */
type Identity = Pick<ProfileRequest, 'id' | 'correlationId'>

interface Asked {
  readonly type: ProfileRequestType
  readonly key: ObjectKey
  readonly content: Document
  readonly identity?: Identity
}

const prepare = async (
  deps: SendProfileDeps,
  { type, key, content, identity }: Asked,
): Promise<Prepared | Problem> => {
  const found = await steerable(deps, key)
  if (isProblem(found)) return found
  const { session, sender, open } = found
  const secret = newSecretToken()
  const responseUrl = `${moduleUrl(deps.publicUrl, open.version, 'chargingprofiles', 'SENDER')}/${type}/${secret}`
  const nowMs = deps.now()
  const request: ProfileRequest = {
    id: identity?.id ?? randomUUID(),
    direction: 'sent',
    type,
    partnerId: open.id,
    senderParty: sender,
    session: session.key,
    sessionId: String(session.document.id),
    request: content,
    responseUrl: null,
    responseTokenHash: deps.secrets.hash(secret),
    state: 'PENDING',
    response: null,
    result: null,
    profile: null,
    message: null,
    deadline: new Date(nowMs + ANSWER_MS).toISOString(),
    correlationId: identity?.correlationId ?? randomUUID(),
    createdAt: new Date(nowMs).toISOString(),
    finishedAt: null,
  }
  return { request, responseUrl, open }
}

const call = (deps: SendProfileDeps, { request, responseUrl, open }: Prepared): Promise<Outcome> => {
  const params = { session_id: request.sessionId }
  const context = {
    correlationId: request.correlationId,
    from: request.senderParty,
    to: request.session,
    timeoutMs: 30_000,
  }
  const query = { response_url: responseUrl }
  switch (request.type) {
    case 'SET': {
      const whole = { ...request.request, ...query }
      const lowered = lower('set_charging_profile', open.version, whole, 'whole')
      const body = lowered.kind === 'document' ? lowered.document : whole
      return deps.client.call(open, 'chargingprofiles.receiver.set', { params, body }, context)
    }
    case 'CLEAR':
      return deps.client.call(open, 'chargingprofiles.receiver.clear', { params, query }, context)
    case 'READ': {
      const duration = String(request.request.duration)
      const asked = { params, query: { duration, ...query } }
      return deps.client.call(open, 'chargingprofiles.receiver.read', asked, context)
    }
  }
}

const RESPONSES = ocpi230.ChargingProfileResponseType.values

/** What the synchronous answer makes of a request (CP-035). */
const afterAnswer = (
  deps: SendProfileDeps,
  open: ClientPartner,
  outcome: Outcome,
): Partial<ProfileRequest> => {
  const finishedAt = new Date(deps.now()).toISOString()
  if (outcome.kind !== 'ok')
    return { state: 'FAILED', message: `The partner ${describeOutcome(outcome)}`, finishedAt }
  const schema = schemaOf(open.version, 'charging_profile_response')
  const parsed = schema && parseDocument(schema, outcome.data, 'whole')
  const answer = parsed?.ok ? asDocument(parsed.value) : salvageAnswer(outcome.data, RESPONSES)
  if (!answer)
    return {
      state: 'FAILED',
      message: 'The partner sent an answer that is no ChargingProfileResponse.',
      finishedAt,
    }
  const response = String(answer.result)
  if (response !== 'ACCEPTED') return { state: 'REFUSED', response, finishedAt }
  const deadline = new Date(deps.now() + waitSeconds(Number(answer.timeout)) * 1000).toISOString()
  return { state: 'ACCEPTED', response, deadline }
}

/** Sends and settles with the synchronous answer. The record is there before the request leaves, since the result may arrive first. */
const send = async (deps: SendProfileDeps, asked: Asked): Promise<Result<ProfileRequest>> => {
  const prepared = await prepare(deps, asked)
  if (isProblem(prepared)) return prepared
  const { request, open } = prepared
  await deps.requests.insert(request)
  const set = afterAnswer(deps, open, await call(deps, prepared))
  const changed = await deps.requests.update(request.id, { from: ['PENDING'], set })
  const latest = changed ?? (await deps.requests.get(request.id)) ?? request
  await deps.onUpdated(latest)
  return { kind: 'done', value: latest }
}

/** Sends a received request on to the CPO of its session, with an address of our own in place of the Sender's (CP-038, CP-040). */
export type SendRelayed = (received: ProfileRequest, id: string) => Promise<Result<ProfileRequest>>

/** Requests of others that are passed on; what they ask was checked when they came. */
export const createSendRelayed =
  (deps: SendProfileDeps): SendRelayed =>
  ({ type, session: key, request: content, correlationId }, id) =>
    send(deps, { type, key, content, identity: { id, correlationId } })

/** Stands for the address that is made later, when a profile is checked before anything else. */
const ANY_URL = 'https://example.org/'

/** Sets, clears and reads the charging profile of a session at a partner (CP-030, CP-034, CP-036, CP-044). */
export const createSendProfile = (
  deps: SendProfileDeps,
): Pick<ChargingProfileService, 'set' | 'clear' | 'read'> => ({
  async set(key, profile) {
    const whole = { charging_profile: profile, response_url: ANY_URL }
    const read = parseDocument(ocpi230.SetChargingProfile, whole, 'whole')
    if (!read.ok || read.findings.length > 0) return invalid(read.findings)
    const content = { charging_profile: asDocument(asDocument(read.value).charging_profile) }
    return send(deps, { type: 'SET', key, content })
  },
  clear: (key) => send(deps, { type: 'CLEAR', key, content: {} }),
  read: (key, durationS) => send(deps, { type: 'READ', key, content: { duration: durationS } }),
})
