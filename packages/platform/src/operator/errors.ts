import { InvalidCursor, StoreUnavailable, UnstorableDocument } from '@interwatt/store'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError, problem, sendProblem } from './problem.js'
import { findingsOf } from './validation-findings.js'

const RETRY_AFTER_SECONDS = '5'

const isFastifyError = (error: unknown): error is FastifyError => error instanceof Error && 'code' in error

const CLIENT_DETAIL: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The body is not application/json.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'Content-Length does not fit the body.',
  FST_ERR_BAD_URL: 'The address is not well-formed.',
}

/** Turns whatever a route threw into a problem document. What is not expected is logged and told without detail. */
export const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  if (error instanceof ProblemError) return sendProblem(reply, error.document, error.headers)
  if (error instanceof StoreUnavailable) {
    request.log.error({ err: error }, 'the database does not answer')
    return sendProblem(reply, problem(503, 'The database does not answer. Try again.'), {
      'retry-after': RETRY_AFTER_SECONDS,
    })
  }
  if (error instanceof UnstorableDocument) return sendProblem(reply, problem(422, error.message))
  if (error instanceof InvalidCursor) return sendProblem(reply, problem(400, error.message))
  if (isFastifyError(error) && error.validation !== undefined) {
    const part = error.validationContext ?? 'request'
    const findings = findingsOf(part, error.validation)
    return sendProblem(reply, problem(400, `The ${part} does not fit its schema.`, { findings }))
  }
  const status = isFastifyError(error) ? error.statusCode : undefined
  if (isFastifyError(error) && status !== undefined && status >= 400 && status < 500) {
    return sendProblem(reply, problem(status, CLIENT_DETAIL[error.code] ?? 'The request cannot be read.'))
  }
  request.log.error({ err: error }, 'operator API failed')
  return sendProblem(
    reply,
    problem(500, `Something went wrong here. The log knows more under ${request.id}.`),
  )
}
