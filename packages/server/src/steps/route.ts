import { OcpiRefusal } from '@interwatt/protocol'
import type { Authenticated, Plan } from '../context.js'

/** Finds what is asked: 404 for an unknown path, 405 with `Allow` for a method it does not have (TRN-025). */
export const route = ({ method, rawPath }: Authenticated, { routes }: Plan) => {
  const found = routes.find(method, rawPath)
  if (found === undefined) {
    throw new OcpiRefusal('malformedRequest', 'the URL has a malformed percent escape')
  }
  const { target, params, allow } = found
  if (target !== undefined) return { target, params }
  if (allow.length === 0) {
    throw new OcpiRefusal('unknownPath', 'no endpoint has this URL; version details list those there are')
  }
  throw new OcpiRefusal('methodNotAllowed', `${method} is not offered here, but ${allow.join(', ')}`, {
    headers: { allow: allow.join(', ') },
  })
}
