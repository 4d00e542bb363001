import type { Infer, Schema } from '../schema/index.js'

/** SENDER owns the data, RECEIVER is told about it (2.2.1 `version_information_endpoint_interface_role_enum`). */
export type Side = 'SENDER' | 'RECEIVER'

/** HTTP methods of OCPI. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Modules with a contract. `versions` is served by the server itself and has no module id on the wire. */
export type ModuleId =
  | 'credentials'
  | 'locations'
  | 'tariffs'
  | 'tokens'
  | 'sessions'
  | 'cdrs'
  | 'commands'
  | 'chargingprofiles'
  | 'hubclientinfo'
  | 'payments'
  | 'invoicereconciliation'
  | 'bookings'

/** Objects that are stored; `evse` rows live apart from their location, `client_info` is what a hub says of others. */
export type ObjectKind = PartyObjectKind | 'client_info'

/** Objects that belong to a party, which may be one of ours. */
export type PartyObjectKind =
  | 'location'
  | 'evse'
  | 'tariff'
  | 'token'
  | 'session'
  | 'cdr'
  | 'terminal'
  | 'financial_advice_confirmation'
  | 'invoice_reconciliation_record'
  | 'booking_location'
  | 'booking'

/** Documents that cross a version lens: every stored object and what else travels in bodies and answers. */
export type DocumentName =
  | ObjectKind
  | 'connector'
  | 'credentials'
  | 'authorization_info'
  | 'location_references'
  | 'charging_preferences'
  | 'charging_preferences_response'
  | 'start_session'
  | 'stop_session'
  | 'reserve_now'
  | 'cancel_reservation'
  | 'unlock_connector'
  | 'command_response'
  | 'command_result'
  | 'set_charging_profile'
  | 'charging_profile_response'
  | 'active_charging_profile'
  | 'active_charging_profile_result'
  | 'charging_profile_result'
  | 'clear_profile_result'
  | 'calendar'
  | 'booking_request'

/** What a request body must be: a whole object, some of its fields, or a whole object that may be left out. */
export type BodyForm = 'whole' | 'patch' | 'optional'

/** The body of a request: which document, by which field table, in which form. */
export interface Payload {
  readonly document: DocumentName
  readonly schema: Schema
}

/** One endpoint of one interface of one module, declared once: server, client and OpenAPI read it. */
export interface Endpoint {
  readonly operation: string
  readonly module: ModuleId
  readonly side: Side
  readonly method: Method
  /** Below the module's URL; `{name}` marks a parameter, which is percent-decoded once. */
  readonly path: string
  readonly anchor: string
  readonly query?: Readonly<Record<string, Schema>>
  readonly body?: Payload & {
    readonly form: BodyForm
    /** Partners may wrap the object in a response envelope, whose `data` is read then (commands.md trap 1). */
    readonly mayBeEnveloped?: true
    /** A PATCH may come without `last_updated`, where the examples of the specification lack it (PAY-012). */
    readonly mayBeUndated?: true
    /** Longest body that is read, where it may be longer than others. */
    readonly maxBytes?: number
  }
  /** What `data` holds on success; of one item when `paged`. */
  readonly data?: Payload
  readonly paged?: true
}

/** A module in one version. Functional modules are routed by party; configuration modules are not. */
export interface ModuleContract {
  readonly id: ModuleId
  /** Its identifier in version details, where that is not the id; read without case either way (ROL-016). */
  readonly advertisedAs?: string
  readonly kind: 'functional' | 'configuration'
  readonly endpoints: readonly Endpoint[]
}

/** Names in the braces of a path. */
export type ParamName<P extends string> = P extends `${string}{${infer N}}${infer R}`
  ? N | ParamName<R>
  : never

/** The path parameters of an endpoint by name. */
export type ParamsOf<E extends Endpoint> = Readonly<Record<ParamName<E['path']>, string>>

/** The canonical type of a request body, as the handler receives it. */
export type BodyOf<E extends Endpoint> = E['body'] extends { schema: infer S; form: infer F }
  ? F extends 'patch'
    ? Partial<Infer<S>>
    : F extends 'optional'
      ? Infer<S> | undefined
      : Infer<S>
  : undefined
