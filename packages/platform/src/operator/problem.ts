import type { Finding } from '@interwatt/protocol'
import type { FastifyReply } from 'fastify'
import { type RegistrationFailure, remedies } from '../registration/failure-kinds.js'
import type { RegistrationStep } from '../registration/steps.js'
import type { Problem, Result } from '../services.js'

/** A problem document (RFC 9457). `findings` says what is wrong where. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance?: string
  readonly findings?: readonly Finding[]
  /** The step at which a registration with a partner ended. */
  readonly step?: RegistrationStep
  /** Why a command was not sent, in words for driver and support. */
  readonly why?: Readonly<Record<string, unknown>>
  /** Why it ended there, the rule that decides, and what an operator can do. */
  readonly failure?: RegistrationFailure
  readonly rule?: string
  readonly remedy?: string
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition failed',
  413: 'Content too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  429: 'Too many requests',
  431: 'Header fields too large',
  500: 'Internal error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
}

/** Media type of every error of the operator API. */
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** A problem by status; `type` is a stable name, made of the standard title unless the problem has one of its own. */
export const problem = (
  status: number,
  detail: string,
  extra: { readonly title?: string; readonly findings?: readonly Finding[]; readonly type?: string } = {},
): ProblemDocument => {
  const standard = TITLES[status] ?? 'Error'
  return {
    type: `urn:interwatt:problem:${extra.type ?? standard.toLowerCase().replaceAll(' ', '-')}`,
    title: extra.title ?? standard,
    status,
    detail,
    ...(extra.findings === undefined ? {} : { findings: extra.findings }),
  }
}

/** An expected refusal on its way to the error handler; not a bug. */
export class ProblemError extends Error {
  readonly document: ProblemDocument

  constructor(
    document: ProblemDocument,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(document.detail)
    this.name = 'ProblemError'
    this.document = document
  }
}

/** Refuses until some time has passed. */
export const tooMany = (waitMs: number, detail: string): ProblemError =>
  new ProblemError(problem(429, detail), { 'retry-after': String(Math.ceil(waitMs / 1000)) })

/** The value of a finished service call; throws its problem otherwise. */
export const unwrap = <T>(result: Result<T>): T => unwrapWith(result, () => ({}))

/** The same, with something added to the problem. */
export const unwrapWith = <T>(
  result: Result<T>,
  added: (refused: Problem) => Pick<ProblemDocument, 'why'>,
): T => {
  if (result.kind === 'done') return result.value
  const { status, title, detail, findings, type, step, failure } = result
  const document = problem(status, detail, {
    title,
    ...(findings === undefined ? {} : { findings }),
    ...(type === undefined ? {} : { type }),
  })
  throw new ProblemError({
    ...document,
    ...(step === undefined ? {} : { step }),
    ...(failure === undefined ? {} : { failure, ...remedies[failure] }),
    ...added(result),
  })
}

/** The value if there is one; throws 404 otherwise. */
export const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new ProblemError(problem(404, `${what} is not known here.`))
  return value
}

/** Writes a problem as the answer; `instance` is the path without its query. */
export const sendProblem = (
  reply: FastifyReply,
  document: ProblemDocument,
  headers: Readonly<Record<string, string>> = {},
): FastifyReply => {
  const path = reply.request.url.split('?', 1)[0] ?? ''
  return reply
    .code(document.status)
    .headers(headers)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify({ ...document, instance: path }))
}
