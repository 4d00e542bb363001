import { randomUUID } from 'node:crypto'
import {
  cleanMessageId,
  fillPath,
  jsonText,
  type PathTemplate,
  routingHeaders,
  type TokenEncoding,
  type VersionId,
  versionOf,
} from '@interwatt/protocol'
import { createAddressGuard } from './address-guard.js'
import type { Method, Wire } from './attempt.js'
import { Authorizations } from './authorizations.js'
import { createConnections } from './connections.js'
import { Deadline } from './deadline.js'
import { createEndpoints } from './endpoints.js'
import { endpointUrl, operationIn } from './operations.js'
import { DEFAULT_MAX_RESPONSE_BYTES, defaultTimeouts, type OcpiClientOptions } from './options.js'
import type { ClientPartner, OcpiClient, Outcome, RequestContext } from './ports.js'
import { send } from './send.js'
import { type Target, targetBelow, targetOf } from './target.js'

type Peer = Pick<ClientPartner, 'id' | 'token' | 'tokenEncoding' | 'manners'>

const NO_PARAMS: Readonly<Record<string, string>> = {}

interface Sending {
  readonly operation: string
  readonly peer: Peer
  readonly method: Method
  readonly target: Target | undefined
  /** What the guard said of the endpoint the target lies below. */
  readonly checked?: { readonly refusal: string | undefined } | undefined
  readonly body: string | undefined
  readonly version: VersionId | undefined
  readonly params?: Readonly<Record<string, string>>
  readonly routed: boolean
  /** Whether a 401 may be answered with the other encoding: not for a POST that might count twice. */
  readonly mayReencode: boolean
  readonly context: RequestContext
}

/** A client for any number of partners, each with connections of its own. Close it when done. */
export const createOcpiClient = (options: OcpiClientOptions): OcpiClient => {
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const guard = createAddressGuard(options)
  const connections = createConnections(guard, timeouts)
  const learnt = new Map<string, TokenEncoding>()
  const wire: Wire = {
    userAgent: options.userAgent ?? 'interwatt',
    maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    authorizations: new Authorizations(),
    report: options.logger && ((facts) => options.logger?.attempt(facts)),
    record: options.onMessage,
  }

  const endpointAt = createEndpoints(guard)

  const request = async (sending: Sending): Promise<Outcome> => {
    const { peer, target, context, method } = sending
    if (target === undefined) return forbidden('this is no absolute URL')
    const checked = sending.checked !== undefined && context.allowedHosts === undefined
    const refusal = checked ? sending.checked.refusal : guard.refusalOf(target.url, context.allowedHosts)
    if (refusal !== undefined) return forbidden(refusal)
    const deadline = new Deadline(context.timeoutMs ?? timeouts.totalMs, context.signal)
    const outgoing = {
      partnerId: peer.id,
      operation: sending.operation,
      token: peer.token,
      version: sending.version,
      params: sending.params ?? NO_PARAMS,
      method,
      body: sending.body,
      routing: sending.routed ? routing(context) : [],
      correlationId: asciiId(context.correlationId) ?? randomUUID(),
      deadline,
      attempts: 0,
    }
    const agreed = peer.manners?.tokenEncoding
    try {
      return await send(outgoing, {
        wire,
        agent: connections.of(peer.id),
        guard,
        target,
        encoding:
          agreed ??
          context.encoding ??
          learnt.get(peer.id) ??
          peer.tokenEncoding ??
          usualEncoding(sending.version),
        mayReencode: sending.mayReencode && agreed === undefined,
        learn: (encoding) => learnt.set(peer.id, encoding),
      })
    } finally {
      deadline.clear()
    }
  }

  return {
    call: async (partner, operation, input, context = {}) => {
      const compiled = operationIn(partner.version, operation)
      const url = compiled === undefined ? undefined : endpointUrl(partner, compiled)
      if (compiled === undefined || url === undefined) return { kind: 'not_offered' }
      const endpoint = endpointAt(url)
      return await request({
        operation,
        peer: partner,
        method: compiled.endpoint.method,
        target:
          endpoint &&
          targetBelow(endpoint.stem, pathOf(partner, compiled.template, input.params), input.query),
        checked: endpoint,
        body: input.bodyText ?? bodyText(input.body),
        version: partner.version,
        params: input.params,
        routed: compiled.routed,
        mayReencode: compiled.configuration || compiled.endpoint.method !== 'POST',
        context,
      })
    },
    get: (partner, url, context = {}) => request(given(partner, 'GET', url, { context, body: undefined })),
    post: (partner, url, body, context = {}) => request(given(partner, 'POST', url, { context, body })),
    credentials: (partner, method, url, body, context = {}) =>
      request({
        ...given(partner, method, url, { context, body }),
        operation: `credentials.${method.toLowerCase()}`,
        routed: false,
        mayReencode: true,
      }),
    repeat: (partner, { method, url, text }, context) =>
      request({
        ...given(partner, method, url, { context, body: undefined }),
        operation: 'repeat',
        body: text,
        mayReencode: method !== 'POST',
      }),
    learntEncoding: (partnerId) => learnt.get(partnerId),
    forget: (partnerId) => {
      learnt.delete(partnerId)
      wire.authorizations.forget(partnerId)
      connections.forget(partnerId)
    },
    close: () => connections.close(),
  }
}

/** The path below an endpoint; with a slash at its end where that was agreed (TRN-027). */
const pathOf = (
  { manners }: ClientPartner,
  template: PathTemplate,
  params: Readonly<Record<string, string>>,
): string => {
  const path = fillPath(template, params)
  return manners?.trailingSlash === true ? `${path}/` : path
}

/** A request to an address the partner gave. */
const given = (
  peer: Peer,
  method: Method,
  url: string,
  { context, body }: { context: RequestContext & { readonly version?: VersionId }; body: unknown },
): Sending => ({
  operation: method === 'GET' ? 'link' : 'result',
  peer,
  method,
  target: targetOf(url),
  body: bodyText(body),
  version: context.version,
  routed: context.version !== undefined && versionOf(context.version)?.traits.routingHeaders === true,
  mayReencode: method !== 'POST',
  context,
})

/** Routing headers, name and value by turns. */
const routing = ({ from, to }: RequestContext): readonly string[] => {
  const headers: string[] = []
  const named = routingHeaders({ from, to })
  for (const name in named) headers.push(name, named[name] ?? '')
  return headers
}

const forbidden = (message: string): Outcome => ({ kind: 'forbidden_address', message })

const bodyText = (body: unknown): string | undefined => (body === undefined ? undefined : jsonText(body))

/** Header values are ASCII on the way out, whatever the id that came in. */
const asciiId = (id: string | undefined): string | undefined =>
  cleanMessageId(id?.replace(/[^\x20-\x7e]/g, '?'))

const usualEncoding = (version: VersionId | undefined): TokenEncoding =>
  (version === undefined ? undefined : versionOf(version)?.traits.tokenEncoding) ?? 'base64'
