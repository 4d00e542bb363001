import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'
import { string } from '../../schema/index.js'

type Schemas<T extends Schema, A extends Schema, R extends Schema> = {
  Token: T
  AuthorizationInfo: A
  LocationReferences: R
}

type Query = Readonly<Record<string, Schema>>

const tokensWith = <T extends Schema, A extends Schema, R extends Schema>(
  v: Schemas<T, A, R>,
  queries: { readonly sender: Query; readonly receiver: Query },
) => {
  const references = { document: 'location_references', schema: v.LocationReferences } as const
  const info = { document: 'authorization_info', schema: v.AuthorizationInfo } as const
  const token = { document: 'token', schema: v.Token } as const
  const sender = { module: 'tokens', side: 'SENDER', anchor: 'mod_tokens_emsp_interface' } as const
  const receiver = { module: 'tokens', side: 'RECEIVER', anchor: 'mod_tokens_cpo_interface' } as const
  const T = '/{country_code}/{party_id}/{token_uid}'
  const query = queries.receiver
  return {
    id: 'tokens',
    kind: 'functional',
    endpoints: [
      { operation: 'tokens.sender.list', ...sender, method: 'GET', path: '', data: token, paged: true },
      {
        operation: 'tokens.sender.authorize',
        ...sender,
        method: 'POST',
        path: '/{token_uid}/authorize',
        query: queries.sender,
        body: { ...references, form: 'optional' },
        data: info,
      },
      { operation: 'tokens.receiver.get', ...receiver, method: 'GET', path: T, query, data: token },
      {
        operation: 'tokens.receiver.put',
        ...receiver,
        method: 'PUT',
        path: T,
        query,
        body: { ...token, form: 'whole' },
      },
      {
        operation: 'tokens.receiver.patch',
        ...receiver,
        method: 'PATCH',
        path: T,
        query,
        body: { ...token, form: 'patch' },
      },
    ],
  } as const satisfies ModuleContract
}

const type = { type: string() } as const

/** Tokens, both interfaces; here the eMSP is the sender (2.2.1 `mod_tokens_interfaces_and_endpoints`). */
export const tokens = <T extends Schema, A extends Schema, R extends Schema>(v: Schemas<T, A, R>) =>
  tokensWith(v, { sender: type, receiver: type })

/** Tokens of 2.1.1: the receiver knows them by uid alone; its template and its table name the type differently (TOK-030, TOK-063). */
export const tokensByUid = <T extends Schema, A extends Schema, R extends Schema>(v: Schemas<T, A, R>) =>
  tokensWith(v, { sender: { ...type, token_type: string() }, receiver: {} })
