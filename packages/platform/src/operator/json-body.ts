import { parseJson } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import { ProblemError, problem } from './problem.js'

/** Names that could reach the prototype of an object, also with escaped letters. */
const DOUBTFUL_NAME = /proto|constructor|\\u00/i

const refusal = (detail: string): ProblemError => new ProblemError(problem(400, detail))

/** Reads JSON bodies of this scope: an empty body is no body, and what no database can hold is refused with 400. */
export const acceptJson = (scope: FastifyInstance): void => {
  const guarded = scope.getDefaultJsonParser('error', 'error')
  scope.removeContentTypeParser(['application/json', 'text/plain'])
  scope.addContentTypeParser<string>(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    (request, text, done) => {
      if (text.length === 0) {
        done(null, undefined)
        return
      }
      const parsed = parseJson(text)
      if (!parsed.ok) {
        done(refusal(`The body cannot be read: ${parsed.message}.`))
        return
      }
      if (!DOUBTFUL_NAME.test(text)) {
        done(null, parsed.value)
        return
      }
      guarded(request, text, (error, body) => {
        if (error === null) done(null, body)
        else done(refusal('The body names a field that no document has.'))
      })
    },
  )
}
