import type {
  Finding,
  Operation,
  OperationBody,
  OperationParams,
  PartyId,
  PartyRole,
  Side,
  VersionId,
} from '@interwatt/protocol'
import type { ServerMessage } from './message.js'

/** Who is calling, as the platform knows them after looking up the credentials token. */
export interface Caller {
  readonly partnerId: string
  readonly partnerName: string
  /** `registration` is token A: versions and credentials only (TRN-012). */
  readonly access: 'registration' | 'full'
  /** Version the partner is registered on; null before registration. */
  readonly version: VersionId | null
  /** Roles the partner registered, keys folded to upper case. */
  readonly roles: readonly { readonly role: string; readonly party: PartyId }[]
  /** Of a hub: parties behind it that are there in a role, besides those it registered. */
  readonly clients?: readonly { readonly role: string; readonly party: PartyId }[]
  /** What is taken from this partner beyond what everybody is forgiven. */
  readonly accepts?: {
    /** A PATCH without `last_updated` counts as made when it arrives. */
    readonly missingLastUpdated?: boolean
    /** Free texts that are too long are cut. */
    readonly longTexts?: boolean
  }
  /** Both ends of a connection between one party each, which no header names (2.1.1). */
  readonly parties?: { readonly own: PartyId; readonly theirs: PartyId } | undefined
  /** Whether it registered as a hub, by `hub_party_id` or the role HUB. */
  readonly isHub: boolean
  /** The token of this request, as sent and decoded: only for `GET credentials` (CRD-061). Never logged. */
  readonly token: string
}

/** A paged GET, checked: bounds, dates as instants in ISO form with Z. */
export interface PageRequest {
  readonly offset: number
  readonly limit: number
  /** Opaque position from a link this node gave; replaces `offset`. */
  readonly cursor: string | undefined
  readonly dateFrom: string | undefined
  readonly dateTo: string | undefined
}

/** One authenticated, validated and lifted request. */
export interface Call<O extends Operation = Operation> {
  readonly operation: O
  readonly caller: Caller
  readonly version: VersionId
  /** Our role, where the address says it (2.1.1). */
  readonly ownRole: PartyRole | undefined
  readonly params: OperationParams<O>
  readonly query: Readonly<Record<string, string | undefined>>
  /** The query as it was written, for values that must not be read more than once. */
  readonly queryText: string
  readonly page: PageRequest | undefined
  /** Canonical (2.3.0) body; unknown fields included. */
  readonly body: OperationBody<O>
  /** Body as the partner sent it, after tolerant repairs, in the partner's version. */
  readonly received: unknown
  /** What the canonical shape cannot carry: `unmapped` of `lift`, to be stored beside the document. */
  readonly unmapped?: unknown
  readonly findings: readonly Finding[]
  readonly routing: { readonly from: PartyId | undefined; readonly to: PartyId | undefined }
  readonly requestId: string
  readonly correlationId: string
}

/** What a handler answers; `data` is already in the version of the call. */
export type Reply =
  | {
      readonly kind: 'data'
      readonly data?: unknown
      readonly created?: boolean
      readonly headers?: Readonly<Record<string, string>>
    }
  /** `json` is the text of the `data` value, ready for the socket. */
  | { readonly kind: 'text'; readonly json: string }
  | {
      readonly kind: 'page'
      /** Text of each item, in the version of the call. */
      readonly items: readonly string[]
      readonly total: number
      /** Cursor of the next page, undefined on the last one. */
      readonly next: string | undefined
    }

/** One handler per operation; a new operation does not compile until it is answered. */
export type Handlers = { readonly [O in Operation]: (call: Call<O>) => Promise<Reply> }

/** What the pipeline asks of the platform. */
export interface ServerPorts {
  readonly handlers: Handlers
  /** Base of every URL given out, no trailing slash. */
  readonly publicUrl: string
  /** Finds the caller by the candidates for the token, most likely first (raw, then decoded; TRN-006). */
  authenticate(candidates: readonly string[]): Promise<Caller | undefined>
  /** Which module sides this caller may see in version details (VER-015). */
  offers(caller: Caller, version: VersionId, module: string, side: Side): boolean
  /** Deviations of a body, tolerated ones and those it was refused for, to be recorded; must not throw or wait. */
  onFindings(caller: Caller, operation: Operation, findings: readonly Finding[]): void
  /** Every finished exchange, for metrics and the message log; must not throw or wait. */
  onExchange(exchange: Exchange): void
  /** Every finished exchange with all that was said, secrets included; must not throw, wait or keep it. Nobody listens when left out. */
  onMessage?(message: ServerMessage): void
  /** Bugs: what was answered with 3000. */
  onError(error: unknown, context: { requestId: string; correlationId: string; operation: string }): void
}

/** Facts of one finished request, secrets left out. */
export interface Exchange {
  readonly partnerId: string | undefined
  readonly operation: Operation | 'versions.list' | 'versions.details' | 'unknown'
  readonly method: string
  readonly path: string
  readonly httpStatus: number
  readonly statusCode: number
  readonly durationMs: number
  readonly requestId: string
  readonly correlationId: string
}
