import type { ClientPartner, OcpiClient } from '@interwatt/client'
import { type DocumentName, lower, ocpi230, parseDocument } from '@interwatt/protocol'
import type { Document, ObjectStore, Partner, ProfileRequest, ProfileRequestStore } from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { partnerHosts } from '../directory/partner-hosts.js'
import { asDocument } from '../modules/serving.js'
import { invalid } from '../objects/own-objects.js'
import { type ChargingProfileService, type Problem, problem, type Result } from '../services.js'
import type { KeepActive } from './active-profiles.js'
import { isRelayed, speakerFor } from './speaker.js'

export interface FinishProfileDeps {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly requests: ProfileRequestStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly now: () => number
  readonly keepActive: KeepActive
  openPartner(partner: Partner): ClientPartner | undefined
  onUpdated(request: ProfileRequest): Promise<void>
}

/** The document of the result of each request: three kinds, told apart by what was asked (CP-004). */
const RESULT_OF: Readonly<Record<ProfileRequest['type'], DocumentName>> = {
  READ: 'active_charging_profile_result',
  SET: 'charging_profile_result',
  CLEAR: 'clear_profile_result',
}

/** POSTs the bare result to the `response_url` as it was given, once: nobody asked for repeats (CP-004, CP-023, CP-028). */
export const postResult = async (deps: FinishProfileDeps, request: ProfileRequest): Promise<void> => {
  const partner = await deps.directory.partner(request.partnerId)
  // NOTE: a suspended partner is sent nothing.
  const open = partner?.status === 'SUSPENDED' ? undefined : partner && deps.openPartner(partner)
  if (!partner || !open || request.responseUrl === null) return
  const result = {
    result: request.result,
    ...(request.profile === null ? {} : { profile: request.profile }),
  }
  const lowered = lower(RESULT_OF[request.type], open.version, result, 'whole')
  if (lowered.kind === 'withheld') return
  await deps.client.post(open, request.responseUrl, lowered.document, {
    version: open.version,
    correlationId: request.correlationId,
    timeoutMs: 5000,
    allowedHosts: partnerHosts(partner),
    from: await speakerFor(deps, request.session),
    to: request.senderParty,
  })
}

const RESULTS: readonly string[] = ocpi230.ChargingProfileResultType.values

/** The profile that belongs to this result, or why the two do not fit (CP-018). */
const profileFor = (
  type: ProfileRequest['type'],
  result: string,
  given: unknown,
): Document | null | Problem => {
  const wanted = type === 'READ' && result === 'ACCEPTED'
  if (!wanted)
    return given === undefined
      ? null
      : problem(400, 'No profile belongs here', 'profile comes with ACCEPTED as the result of READ (CP-018).')
  const read = parseDocument(ocpi230.ActiveChargingProfile, given, 'whole')
  // What we send on keeps the rules that are only noted on receipt (CP-020).
  return read.ok && read.findings.length === 0 ? asDocument(read.value) : invalid(read.findings)
}

const isProblem = (value: Document | null | Problem): value is Problem => value?.kind === 'problem'

/** The back end's result of a request we received: stored first, then told to the Sender. */
export const createFinishProfile =
  (deps: FinishProfileDeps): ChargingProfileService['finish'] =>
  async (id, { result, profile }): Promise<Result<ProfileRequest>> => {
    if (!RESULTS.includes(result))
      return problem(400, 'Unknown result', `result takes one of ${RESULTS.join(', ')}.`)
    const request = await deps.requests.get(id)
    if (request?.direction !== 'received')
      return problem(404, 'No such request', `There is no received request ${id}.`)
    if (isRelayed(deps.directory, request))
      return problem(409, 'The request is relayed', 'Its result comes from the CPO of the session (CP-038).')
    const shown = profileFor(request.type, result, profile)
    if (isProblem(shown)) return shown
    const finishedAt = new Date(deps.now()).toISOString()
    const finished = await deps.requests.update(id, {
      from: ['ACCEPTED'],
      set: { state: 'DONE', result, profile: shown, finishedAt },
    })
    if (finished === undefined) return finishedBefore((await deps.requests.get(id)) ?? request)
    if (shown !== null) {
      const { session, sessionId } = finished
      await deps.keepActive({ session, sessionId, partnerId: null, profile: shown })
    }
    await postResult(deps, finished)
    await deps.onUpdated(finished)
    return { kind: 'done', value: finished }
  }

const finishedBefore = ({ state, finishedAt }: ProfileRequest): Problem =>
  problem(409, `The request is ${state}`, `It was finished at ${finishedAt ?? 'an unknown time'}.`)

/** How long before the advertised end the last word leaves, so that it arrives in time (CP-027). */
const MARGIN_MS = 2000

/**
 * Ends requests whose time is up: REJECTED to the Sender of a received one, since there is no result for silence (CP-027), and
 * what was known from the start for one that needed no charge point (CP-010). `background` gets what others wait for.
 */
export const expireProfiles = async (
  deps: FinishProfileDeps,
  background: (work: Promise<unknown>) => void,
): Promise<void> => {
  const nowMs = deps.now()
  const due = await deps.requests.overdue(new Date(nowMs + MARGIN_MS).toISOString(), 200)
  for (const request of due) {
    if (request.direction === 'sent' && Date.parse(request.deadline ?? '') > nowMs) continue
    const ended = await deps.requests.update(request.id, {
      from: ['PENDING', 'ACCEPTED'],
      set: {
        state: request.result === null ? 'TIMEOUT' : 'DONE',
        finishedAt: new Date(nowMs).toISOString(),
        ...(request.direction === 'received' ? { result: request.result ?? 'REJECTED' } : {}),
      },
    })
    if (ended === undefined) continue
    if (ended.direction === 'received') background(postResult(deps, ended))
    background(deps.onUpdated(ended))
  }
}
