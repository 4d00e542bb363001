/** What an OCPI status code means by its thousands digit; unknown codes have a class too (TRN-037). */
export type StatusClass = 'success' | 'client_error' | 'server_error' | 'hub_error' | 'unknown'

const classes: Readonly<Record<number, StatusClass>> = {
  1: 'success',
  2: 'client_error',
  3: 'server_error',
  4: 'hub_error',
}

/** Class of a status code, custom ranges such as 1900 to 1999 included. */
export const statusClass = (code: number): StatusClass => classes[Math.floor(code / 1000)] ?? 'unknown'

/** Whether HTTP and OCPI both say that it worked: HTTP 200 alone does not (TRN-036). */
export const isSuccess = (httpStatus: number, statusCode: number): boolean =>
  httpStatus >= 200 && httpStatus < 300 && statusClass(statusCode) === 'success'

/** A response as it was read; unknown members are dropped. */
export interface Envelope {
  readonly statusCode: number
  readonly statusMessage: string | undefined
  /** Any JSON value, undefined when absent (TRN-032, TRN-038, TRN-040). */
  readonly data: unknown
  readonly timestamp: string | undefined
}

/** Reads a parsed response body; `status_code` may be text (TRN-035). Undefined when it is no envelope. */
export const readEnvelope = (value: unknown): Envelope | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const field = (name: string): unknown => Reflect.get(value, name)
  const statusCode = readStatusCode(field('status_code'))
  if (statusCode === undefined) return undefined
  const message = field('status_message')
  const timestamp = field('timestamp')
  return {
    statusCode,
    statusMessage: typeof message === 'string' ? message : undefined,
    data: field('data'),
    timestamp: typeof timestamp === 'string' ? timestamp : undefined,
  }
}

const readStatusCode = (value: unknown): number | undefined => {
  const code = typeof value === 'string' && /^\s*\d{4}\s*$/.test(value) ? Number(value) : value
  return typeof code === 'number' && Number.isInteger(code) && code >= 1000 && code <= 9999 ? code : undefined
}

/** Parts of a response to be written. */
export interface EnvelopeParts {
  readonly statusCode: number
  readonly statusMessage?: string | undefined
  /** JSON text of `data`; left out of the envelope when undefined (TRN-038). */
  readonly dataText?: string | undefined
  readonly timestamp: string
}

/** JSON text of a response. `dataText` is taken as it is: no parsing, no writing again. */
export const envelopeText = (parts: EnvelopeParts): string => {
  const [before, after] = envelopeAround(parts)
  return parts.dataText === undefined ? `{${after.slice(1)}` : before + parts.dataText + after
}

/** What stands before and after `data` in a response, for data that is not one text. */
export const envelopeAround = (parts: Omit<EnvelopeParts, 'dataText'>): readonly [string, string] => {
  const message =
    parts.statusMessage === undefined ? '' : `"status_message":${JSON.stringify(parts.statusMessage)},`
  return ['{"data":', `,"status_code":${parts.statusCode},${message}"timestamp":"${parts.timestamp}"}`]
}
