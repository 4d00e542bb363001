import {
  type ApiKey,
  createAccountStore,
  createApiKeyStore,
  createOperatorSessionStore,
  createWebhookStore,
  type Database,
} from '@interwatt/store'
import { testDatabase } from '@interwatt/store/testing'
import fastify, { type FastifyInstance } from 'fastify'
import { createSecrets } from '../../secrets.js'
import type { NodeServices } from '../../services.js'
import { newApiKey } from '../api-keys.js'
import type { OperatorDeps } from '../deps.js'
import { createMetrics } from '../metrics.js'
import { operatorServerOptions, registerOperatorApi } from '../register.js'
import { feedStores } from './feed-stores.js'

/** A real server of the operator API on loopback, with a database of its own. */
export interface OperatorServer extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly database: Database
  readonly deps: OperatorDeps
  readonly url: string
  readonly key: string
  readonly keyRow: ApiKey
  /** Calls the API with the key; `body` is sent as JSON, a text as it is. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

/** Starts a server whose services are given; everything else is real. */
export const operatorServer = async (
  services: NodeServices,
  change: Partial<OperatorDeps> = {},
): Promise<OperatorServer> => {
  const test = await testDatabase()
  const secrets = createSecrets('a secret for tests that is long enough')
  const deps: OperatorDeps = {
    services,
    ...feedStores(test.database),
    keys: createApiKeyStore(test.database),
    sessions: createOperatorSessionStore(test.database),
    accounts: createAccountStore(test.database),
    webhooks: createWebhookStore(test.database),
    secrets,
    publicUrl: 'https://node.example',
    version: '0.0.0-test',
    ready: async () => ({ ok: true, checks: { database: 'ok' } }),
    metrics: createMetrics(),
    ...change,
  }
  const { text: key, key: keyRow } = newApiKey('tests', secrets, Date.now())
  await deps.keys.add(keyRow)
  const app = fastify(operatorServerOptions)
  await registerOperatorApi(app, deps)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const call: OperatorServer['call'] = (method, path, body, headers = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const dispose = async (): Promise<void> => {
    await app.close()
    await test.drop()
  }
  return { app, database: test.database, deps, url, key, keyRow, call, [Symbol.asyncDispose]: dispose }
}
