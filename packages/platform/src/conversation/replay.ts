import { randomUUID } from 'node:crypto'
import type { ClientPartner, OcpiClient, Outcome } from '@interwatt/client'
import { readRouting } from '@interwatt/protocol'
import type { Message, MessageFacts, MessageStore, Partner } from '@interwatt/store'
import { partnerHosts } from '../directory/partner-hosts.js'
import { type Problem, problem, type Result } from '../services.js'

/** What came of sending a recorded request again. */
export interface Replayed {
  readonly outcome: Exclude<Outcome, { kind: 'forbidden_address' }>
  /** Under which the new messages are found. */
  readonly correlationId: string
  /** The last message it made; undefined when nothing is recorded. */
  readonly message: MessageFacts | undefined
}

/** What replaying works with. */
export interface ReplayDeps {
  readonly messages: Pick<MessageStore, 'get' | 'ofCorrelation'>
  readonly client: Pick<OcpiClient, 'repeat'>
  partnerOf(id: string): Partner | undefined
  openPartner(partner: Partner): ClientPartner | undefined
  flush(): Promise<void>
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]

const methodOf = ({ method }: Message): Method | undefined => METHODS.find((known) => known === method)

/** Why a message cannot be sent again; undefined when it can. */
export const replayRefusal = (message: Message, partner: Partner | undefined): Problem | undefined => {
  const no = (status: number, title: string, detail: string): Problem => problem(status, title, detail)
  if (message.direction !== 'out')
    return no(409, 'Not a request of this node', 'Only requests that this node sent can be sent again.')
  if (partner === undefined)
    return no(409, 'The partner is gone', 'The partner of this message is no longer known here.')
  if (partner.isTest !== true) {
    const how = `PATCH /partners/${partner.id} with {"test_partner": true}`
    return no(403, 'Not a test partner', `${partner.name} is not marked as a test partner; ${how} marks it.`)
  }
  if (partner.status !== 'REGISTERED')
    return no(409, 'The partner is not connected', `${partner.name} is ${partner.status}.`)
  if (message.module === 'credentials' || message.requestHidden)
    return no(
      409,
      'The request held a secret',
      'A secret was removed from it, so it cannot be sent as it was.',
    )
  if (message.requestCut)
    return no(409, 'The request is not kept whole', 'Its body was too long; only its beginning is recorded.')
  if (message.version !== null && message.version !== partner.version)
    return no(
      409,
      'The version changed',
      `It was sent in ${message.version}; the partner is on ${partner.version} now.`,
    )
  return undefined
}

const contextOf = (message: Message, partner: Partner, version: ClientPartner['version']) => {
  const routing = readRouting(message.requestHeaders)
  const { from, to } = routing.ok ? routing.routing : { from: undefined, to: undefined }
  return {
    version,
    allowedHosts: partnerHosts(partner),
    correlationId: `replay-${message.id}-${randomUUID().slice(0, 8)}`,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** Sends a recorded request again, to a partner that is there for tests only. */
export const createReplay =
  (deps: ReplayDeps) =>
  async (id: number): Promise<Result<Replayed>> => {
    const message = await deps.messages.get(id)
    if (message === undefined) return problem(404, 'No such message', 'The message is not known here.')
    const partner = message.partnerId === null ? undefined : deps.partnerOf(message.partnerId)
    const refusal = replayRefusal(message, partner)
    if (refusal !== undefined) return refusal
    const open = partner && deps.openPartner(partner)
    const method = methodOf(message)
    if (partner === undefined || open === undefined || method === undefined || message.origin === null)
      return problem(409, 'The partner is not connected', 'There is no token to send the request with.')
    const context = contextOf(message, partner, open.version)
    const url = message.origin + message.path
    const text = message.requestBody ?? undefined
    const outcome = await deps.client.repeat(open, { method, url, text }, context)
    if (outcome.kind === 'forbidden_address')
      return problem(409, 'The address is no longer of the partner', outcome.message)
    await deps.flush()
    const { correlationId } = context
    const made = await deps.messages.ofCorrelation(correlationId, 10)
    return { kind: 'done', value: { outcome, correlationId, message: made.at(-1) } }
  }
