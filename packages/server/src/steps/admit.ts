import { OcpiRefusal } from '@interwatt/protocol'
import type { Plan, Routed } from '../context.js'

/**
 * Keeps callers out of modules they may not use: 401 for a registration token (TRN-012), 3002 on another
 * version than the registered one (CRD-055), 404 for a module that is not offered to them (VER-015).
 */
export const admit = ({ caller, target }: Routed, { ports }: Plan) => {
  const { version, endpoint } = target
  if (!target.guarded || version === undefined || endpoint === undefined) return {}
  if (caller.access === 'registration') {
    throw new OcpiRefusal('unauthorized', 'a registration token opens versions and credentials only')
  }
  if (caller.version !== version.id) {
    const message = `this connection is registered on ${caller.version ?? 'no version'}, not on ${version.id}`
    throw new OcpiRefusal('unsupportedVersion', message)
  }
  if (!ports.offers(caller, version.id, endpoint.module, endpoint.side)) {
    throw new OcpiRefusal('unknownPath', `${endpoint.module} is not offered to this connection on this side`)
  }
  return {}
}
