import { fieldOf, isList, type Json, textOf } from './reading.js'

/** Something wrong in a request, as the node says it. */
export interface Complaint {
  /** JSON Pointer of the field. */
  readonly pointer: string
  readonly message: string
}

/** What kept an answer away, in the terms of a driver. */
export type FailureKind =
  | 'offline'
  | 'sign-in'
  | 'forbidden'
  | 'missing'
  | 'refused'
  | 'too-many'
  | 'trouble'
  | 'unexpected'

const kindOf = (status: number): FailureKind => {
  if (status === 0) return 'offline'
  if (status === 401) return 'sign-in'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'missing'
  if (status === 429) return 'too-many'
  if (status >= 500) return 'trouble'
  return status >= 400 ? 'refused' : 'unexpected'
}

/** The node said no, did not answer, or answered something unexpected. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly kind: FailureKind

  constructor(
    /** HTTP status; 0 when the node could not be reached. */
    readonly status: number,
    /** Type of the problem document; empty where there is none. */
    readonly type: string,
    /** What the node says about it, for people; empty where it says nothing. */
    readonly detail: string,
    readonly complaints: readonly Complaint[] = [],
  ) {
    super(detail)
    this.kind = kindOf(status)
  }
}

/** What a problem document says. */
export const failureFrom = (status: number, problem: Json): ApiFailure => {
  const findings = fieldOf(problem, 'findings') ?? fieldOf(problem, 'errors')
  const complaints = (isList(findings) ? findings : []).map((finding) => ({
    pointer: textOf(finding, 'pointer'),
    message: textOf(finding, 'message'),
  }))
  return new ApiFailure(status, textOf(problem, 'type'), textOf(problem, 'detail'), complaints)
}

/** The kind of a failure; what is no answer of the node is `unexpected`. */
export const failureKind = (error: unknown): FailureKind =>
  error instanceof ApiFailure ? error.kind : 'unexpected'
