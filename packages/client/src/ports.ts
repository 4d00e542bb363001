import type { Operation, OperationParams, PartyId, VersionId } from '@interwatt/protocol'

/** All the client needs to know of a partner. The token is clear text in memory only. */
export interface ClientPartner {
  readonly id: string
  readonly version: VersionId
  readonly token: string
  readonly tokenEncoding: 'base64' | 'plain' | null
  readonly endpoints: readonly {
    readonly module: string
    readonly side: 'SENDER' | 'RECEIVER'
    readonly url: string
  }[]
  /** What was agreed with a partner that does not keep to its version; nothing for most. */
  readonly manners?: {
    /** How the token is written, whatever worked last (TRN-005). */
    readonly tokenEncoding?: 'base64' | 'plain'
    /** URLs below its endpoints end with a slash. */
    readonly trailingSlash?: boolean
    /** It is sent whole objects where others get a PATCH. */
    readonly putForPatch?: boolean
  }
}

/** What a request carries besides its content: message ids, routing, limits. */
export interface RequestContext {
  readonly correlationId?: string
  /** Routing headers, sent where the version has them. */
  readonly from?: PartyId
  readonly to?: PartyId
  /** How to write the token at first, whatever worked before: a version that was just chosen has its own way (TRN-004). */
  readonly encoding?: 'base64' | 'plain'
  /** Limit for everything, retries included. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /**
   * Hosts of the partner (of its versions URL and endpoints), with or without port. An address elsewhere is not called
   * and gets no token (CMD-012). To be given wherever a partner chose the address, such as a `response_url`.
   */
  readonly allowedHosts?: readonly string[]
}

/**
 * Why no usable answer came: a time limit, a certificate, a name nobody has, no connection, a failure of the partner (5xx), or
 * an answer that is no OCPI.
 */
export type OutageReason = 'timeout' | 'tls' | 'unknown_host' | 'not_connected' | 'server_error' | 'no_ocpi'

/**
 * The outcome of one OCPI request.
 * `ok`: HTTP 2xx and status code 1xxx. `refused`: the partner answered and said no (also HTTP 4xx but 408 and 429);
 * status code 0 when the answer carried none. `outage`: no usable answer: connection, time limit, 5xx, 408, 429, no
 * envelope; `sent` is false only when it is sure that nothing was sent. `not_offered`: the partner has no such endpoint.
 */
export type Outcome =
  | {
      readonly kind: 'ok'
      readonly httpStatus: number
      readonly statusCode: number
      readonly data: unknown
      readonly location: string | undefined
      readonly next: string | undefined
      readonly total: number | undefined
      readonly limit: number | undefined
    }
  | {
      readonly kind: 'refused'
      readonly httpStatus: number
      readonly statusCode: number
      readonly message: string
      readonly data: unknown
    }
  | {
      readonly kind: 'outage'
      readonly httpStatus: number | undefined
      readonly message: string
      readonly sent: boolean
      readonly retryAfterMs: number | undefined
      /** Why, where that is known. */
      readonly reason?: OutageReason
    }
  | { readonly kind: 'not_offered' }
  /** The address may not be called (promise 6). */
  | { readonly kind: 'forbidden_address'; readonly message: string }

/** Speaks OCPI to partners. Bodies are in the partner's version and already checked against it. */
export interface OcpiClient {
  /** Calls an operation at the endpoint the partner advertised. `body` may be ready text. */
  call<O extends Operation>(
    partner: ClientPartner,
    operation: O,
    input: {
      readonly params: OperationParams<O>
      readonly query?: Readonly<Record<string, string>>
      readonly body?: unknown
      readonly bodyText?: string
    },
    context?: RequestContext,
  ): Promise<Outcome>
  /** GET of an address the partner gave: `next` link, `Location` of a CDR, versions or version details. */
  get(
    partner: Pick<ClientPartner, 'id' | 'token' | 'tokenEncoding' | 'manners'>,
    url: string,
    context?: RequestContext & { readonly version?: VersionId },
  ): Promise<Outcome>
  /** POST to an address the partner gave: a `response_url`. */
  post(
    partner: Pick<ClientPartner, 'id' | 'token' | 'tokenEncoding' | 'manners'>,
    url: string,
    body: unknown,
    context?: RequestContext & { readonly version?: VersionId },
  ): Promise<Outcome>
  /** Request to a credentials endpoint. */
  credentials(
    partner: Pick<ClientPartner, 'id' | 'token' | 'tokenEncoding' | 'manners'>,
    method: 'POST' | 'PUT' | 'DELETE',
    url: string,
    body: unknown,
    context?: RequestContext,
  ): Promise<Outcome>
  /** Sends a request that was made before once more, as it was: to its address, which has to be one of `allowedHosts`. */
  repeat(
    partner: ClientPartner,
    request: {
      readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
      readonly url: string
      readonly text: string | undefined
    },
    context: RequestContext & { readonly version: VersionId; readonly allowedHosts: readonly string[] },
  ): Promise<Outcome>
  /** The encoding that worked last for this partner, to be stored. */
  learntEncoding(partnerId: string): 'base64' | 'plain' | undefined
  /** Ends idle connections of a partner that left. */
  forget(partnerId: string): void
  close(): Promise<void>
}
