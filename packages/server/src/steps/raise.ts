import { isJsonObject, lift } from '@interwatt/protocol'
import type { Validated } from '../context.js'

/** Lifts the body to the canonical version; a body without contract stays what it is. */
export const raise = ({ target, received }: Validated) => {
  const { endpoint, version } = target
  const body = endpoint?.body
  if (body === undefined || version === undefined || !isJsonObject(received)) {
    return { body: undefined, unmapped: undefined }
  }
  const lifted = lift(body.document, version.id, received, body.form === 'patch' ? 'patch' : 'whole')
  return { body: lifted.document, unmapped: lifted.unmapped }
}
