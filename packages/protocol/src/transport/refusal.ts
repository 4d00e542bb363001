/**
 * Every way this node says no to a partner: HTTP status and OCPI status code from one table.
 * HTTP errors are kept for what never reached the OCPI layer and for the documented exceptions (TRN-050, TRN-054).
 */
export const refusals = {
  unauthorized: { http: 401, code: 2000 },
  malformedJson: { http: 400, code: 2001 },
  malformedRequest: { http: 400, code: 2001 },
  requestTimeout: { http: 408, code: 2001 },
  bodyTooLarge: { http: 413, code: 2001 },
  unsupportedEncoding: { http: 415, code: 2001 },
  headersTooLarge: { http: 431, code: 2001 },
  unknownPath: { http: 404, code: 2000 },
  unknownParty: { http: 404, code: 2000 },
  methodNotAllowed: { http: 405, code: 2000 },
  invalid: { http: 200, code: 2001 },
  notEnoughInformation: { http: 200, code: 2002 },
  refused: { http: 200, code: 2000 },
  unknownObject: { http: 404, code: 2000 },
  unknownLocation: { http: 404, code: 2003 },
  unknownToken: { http: 404, code: 2004 },
  notCapable: { http: 404, code: 2001 },
  internal: { http: 200, code: 3000 },
  cannotUseApi: { http: 200, code: 3001 },
  unsupportedVersion: { http: 200, code: 3002 },
  missingEndpoints: { http: 200, code: 3003 },
  overloaded: { http: 503, code: 3000 },
} as const satisfies Record<string, { http: number; code: number }>

/** A row of the table of refusals. */
export type RefusalReason = keyof typeof refusals

/** An expected no. Thrown by handlers, turned into an envelope by the pipeline; never a bug. */
export class OcpiRefusal extends Error {
  readonly http: number
  readonly code: number

  constructor(
    readonly reason: RefusalReason,
    message: string,
    /** Extra response: headers such as `Allow`, data such as a CommandResponse beside a 2003. */
    readonly extra: {
      readonly headers?: Readonly<Record<string, string>>
      readonly data?: unknown
      readonly http?: number
    } = {},
  ) {
    super(message)
    this.name = 'OcpiRefusal'
    this.http = extra.http ?? refusals[reason].http
    this.code = refusals[reason].code
  }
}
