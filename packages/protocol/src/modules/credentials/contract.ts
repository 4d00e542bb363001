import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

/** Credentials: registration, update, removal (2.2.1 `credentials_interfaces_and_endpoints`). Listed once, as SENDER (VER-006). */
export const credentials = <C extends Schema>(v: { Credentials: C }) => {
  const document = { document: 'credentials', schema: v.Credentials } as const
  const shared = {
    module: 'credentials',
    side: 'SENDER',
    anchor: 'credentials_interfaces_and_endpoints',
    path: '',
  } as const
  return {
    id: 'credentials',
    kind: 'configuration',
    endpoints: [
      { operation: 'credentials.get', ...shared, method: 'GET', data: document },
      {
        operation: 'credentials.post',
        ...shared,
        method: 'POST',
        body: { ...document, form: 'whole' },
        data: document,
      },
      {
        operation: 'credentials.put',
        ...shared,
        method: 'PUT',
        body: { ...document, form: 'whole' },
        data: document,
      },
      { operation: 'credentials.delete', ...shared, method: 'DELETE' },
    ],
  } as const satisfies ModuleContract
}
