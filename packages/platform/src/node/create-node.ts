import { migrate } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { ensureApiKey } from '../operator/index.js'
import type { NodeServices } from '../services.js'
import { type NodeOptions, openCore } from './core.js'
import { createApp } from './create-app.js'
import { createServices } from './create-services.js'
import type { Stores } from './stores.js'
import { createWorkers } from './workers.js'

export type { NodeOptions } from './core.js'

/** A running OCPI platform: servers, workers and the services behind the operator API. */
export interface Node extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly services: NodeServices
  readonly stores: Stores
  /** Base of every URL given out. */
  readonly publicUrl: string
  /** Ends requests, workers and connections to partners; the database stays open. Safe to call again. */
  close(): Promise<void>
}

/**
 * Starts a node over an open database: migrates, knows the operator key of the settings, listens on `settings.host` and `settings.port`, and works as
 * `settings.role` says. Throws, with nothing left running, when the database is newer than this release or the port is taken.
 */
export const createNode = async (options: NodeOptions): Promise<Node> => {
  const { settings } = options
  await migrate(options.database)
  const core = await openCore(options)
  if (settings.apiKey !== null) {
    await ensureApiKey(core.stores.keys, core.secrets, { name: 'INTERWATT_API_KEY', text: settings.apiKey })
  }
  const services = createServices(core)
  const app = await createApp(core, services, options)
  const workers = settings.role === 'api' ? undefined : createWorkers(core)
  const shutDown = async (): Promise<void> => {
    await app.close()
    await workers?.stop()
    await core.close()
  }
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= shutDown()
    return closing
  }
  try {
    await app.listen({ port: settings.port, host: settings.host })
  } catch (error) {
    await close()
    throw error
  }
  workers?.start()
  return {
    app,
    services,
    stores: core.stores,
    publicUrl: settings.publicUrl,
    close,
    [Symbol.asyncDispose]: close,
  }
}
