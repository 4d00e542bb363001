import type { OperationBody, OperationParams } from '@interwatt/protocol'
import type { Lifted, Plan } from '../context.js'
import type { Call, Reply } from '../ports.js'

/** Lets the platform, or the server itself for versions, answer; a handler that takes too long counts as failed. */
export const handle = async (known: Lifted, { options }: Plan) => {
  const { target, caller } = known
  const { answer, version } = target
  if (answer.by === 'server') return { reply: answer.run(caller) }
  if (version === undefined) throw new Error(`${answer.operation} belongs to no version`)
  const call: Call = {
    operation: answer.operation,
    caller,
    version: version.id,
    ownRole: target.ownRole,
    // NOTE: sound because path template and schema of this very operation gave these.
    params: known.params as OperationParams<Call['operation']>,
    query: known.query,
    queryText: known.queryText,
    page: known.page,
    body: known.body as OperationBody<Call['operation']>,
    received: known.received,
    unmapped: known.unmapped,
    findings: known.findings,
    routing: known.routing,
    requestId: known.requestId,
    correlationId: known.correlationId,
  }
  return { reply: await withinTime(answer.run(call), options.handlerTimeoutMs) }
}

const withinTime = (work: Promise<Reply>, timeoutMs: number): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the handler took longer than ${timeoutMs} ms`)),
      timeoutMs,
    )
    const end =
      <T>(settle: (value: T) => void) =>
      (value: T): void => {
        clearTimeout(timer)
        settle(value)
      }
    work.then(end(resolve), end(reject))
  })
