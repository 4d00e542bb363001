import type { PartyId } from '@interwatt/protocol'
import type { Reply } from '@interwatt/server'
import type { ObjectLookup, ProfileRequest, StoredObject } from '@interwatt/store'
import { hostedIn } from '../directory/partner-directory.js'
import { isLive } from '../modules/plan-write.js'
import { concerns } from '../modules/sessions/concerns.js'
import type { Result } from '../services.js'
import { type FinishProfileDeps, postResult } from './finish.js'
import type { SendRelayed } from './send.js'

/** Passes what an SCSP asks of our eMSP on to the CPO of the session, under our own name and address (CP-038, CP-040). */
export interface Relay {
  /** The session of a customer of ours at another CPO, of the eMSP party that is asked; undefined when there is none. */
  sessionOf(sessionId: string, to: PartyId | undefined): Promise<StoredObject | undefined>
  /** Sends a stored request on; what the CPO says at once is the answer. */
  forward(request: ProfileRequest): Promise<Reply>
}

export interface RelayDeps extends FinishProfileDeps {
  readonly lookup: ObjectLookup
  readonly sendRelayed: SendRelayed
  logError(error: unknown): void
}

const PREFIX = 'relay-'

/** Id of the request to the CPO that passes on a received one: the two find each other by it, on any node. */
const relayIdOf = (received: Pick<ProfileRequest, 'id'>): string => `${PREFIX}${received.id}`

const relayedBy = ({ id }: Pick<ProfileRequest, 'id'>): string | undefined =>
  id.startsWith(PREFIX) ? id.slice(PREFIX.length) : undefined

/** The result that a CPO gave to a request of ours goes on to the SCSP for which it was made, once; others are left alone. */
export const finishRelayed = async (deps: FinishProfileDeps, sent: ProfileRequest): Promise<void> => {
  const id = relayedBy(sent)
  if (id === undefined || sent.state !== 'DONE') return
  const { result, profile } = sent
  const finishedAt = new Date(deps.now()).toISOString()
  const finished = await deps.requests.update(id, {
    from: ['ACCEPTED'],
    set: { state: 'DONE', result, profile, finishedAt },
  })
  if (finished === undefined) return
  await postResult(deps, finished)
  await deps.onUpdated(finished)
}

interface Said {
  readonly response: string
  readonly timeoutS: number
}

/** What the CPO said at once; one that does not answer leaves the SCSP with a no, after which it may read. */
const saidBy = (sent: Result<ProfileRequest>, nowMs: number): Said => {
  if (sent.kind === 'problem') return { response: 'REJECTED', timeoutS: 0 }
  const { state, response, deadline } = sent.value
  // NOTE: the result may come before the answer, and then says that there is one.
  if (state === 'ACCEPTED' || state === 'DONE') {
    const leftMs = Date.parse(deadline ?? '') - nowMs
    return { response: 'ACCEPTED', timeoutS: Math.max(1, Math.ceil(leftMs / 1000)) }
  }
  return { response: response ?? 'REJECTED', timeoutS: 0 }
}

const forward = async (deps: RelayDeps, request: ProfileRequest): Promise<Reply> => {
  const sent = await deps.sendRelayed(request, relayIdOf(request))
  const nowMs = deps.now()
  const { response, timeoutS } = saidBy(sent, nowMs)
  const accepted = response === 'ACCEPTED'
  const set = accepted
    ? { state: 'ACCEPTED' as const, response, deadline: new Date(nowMs + timeoutS * 1000).toISOString() }
    : { state: 'REFUSED' as const, response, finishedAt: new Date(nowMs).toISOString() }
  const updated = await deps.requests.update(request.id, { from: ['PENDING'], set })
  // NOTE: undefined when its time was over before the CPO answered; the SCSP was told so already.
  if (updated === undefined) return { kind: 'data', data: { result: 'REJECTED', timeout: 0 } }
  await deps.onUpdated(updated)
  // A result that was there before the answer found nothing that waited for it.
  if (accepted) {
    const latest = await deps.requests.get(relayIdOf(request))
    if (latest !== undefined) finishRelayed(deps, latest).catch(deps.logError)
  }
  return { kind: 'data', data: { result: response, timeout: timeoutS } }
}

/** An eMSP between SCSPs and CPOs. */
export const createRelay = (deps: RelayDeps): Relay => ({
  async sessionOf(sessionId, to) {
    const emsps = hostedIn(deps.directory.hosted(), 'EMSP', to)
    const rows = await deps.lookup.byId('session', sessionId)
    const [session, second] = rows.filter(
      (row) => isLive(row) && row.receivedFrom !== null && concerns(row.document, emsps),
    )
    // The request names no CPO: of two sessions of one id nobody can tell which is meant.
    return second === undefined ? session : undefined
  },
  forward: (request) => forward(deps, request),
})
