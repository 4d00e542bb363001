import { OcpiRefusal, parseJson } from '@interwatt/protocol'
import { readBody } from '../body.js'
import type { Asked, Plan } from '../context.js'

/**
 * Receives and parses the body of methods that have one: 400 when it is no JSON (TRN-024), 413 and 408 when it is too
 * much or too slow. Content-Type is not looked at: whatever parses is JSON (TRN-021).
 */
export const upload = async ({ target, stream, headers, noted }: Asked, { options }: Plan) => {
  if (target.method !== 'POST' && target.method !== 'PUT' && target.method !== 'PATCH') {
    return { json: undefined }
  }
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new OcpiRefusal('unsupportedEncoding', 'send the body without content encoding')
  }
  const maxBytes = Math.max(options.maxBodyBytes, target.endpoint?.body?.maxBytes ?? 0)
  const text = await readBody(stream, { maxBytes, timeoutMs: options.bodyTimeoutMs })
  noted.requestText = text
  if (
    text.trim() === '' &&
    target.endpoint?.body?.form !== 'whole' &&
    target.endpoint?.body?.form !== 'patch'
  ) {
    return { json: undefined }
  }
  const parsed = parseJson(text)
  if (!parsed.ok) throw new OcpiRefusal('malformedJson', parsed.message)
  return { json: parsed.value }
}
