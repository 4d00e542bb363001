import { ocpiFastifyOptions, registerOcpi, type ServerPorts } from '@interwatt/server'
import type { Database } from '@interwatt/store'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify'
import { isDriverPath, registerDriverApi } from '../driver-api/register.js'
import { offersModule } from '../modules/access.rules.js'
import { isAgreed } from '../modules/agreement.rules.js'
import {
  answerError,
  isOperatorPath,
  operatorServerOptions,
  type Readiness,
  registerHealth,
  registerOperatorApi,
} from '../operator/index.js'
import type { NodeServices } from '../services.js'
import { createAuthenticate } from './authenticate.js'
import type { Core, NodeOptions } from './core.js'
import { endConnectionsOnClose } from './end-connections.js'
import { createHandlers } from './handlers.js'

const readiness = async (database: Database): Promise<Readiness> => {
  try {
    await database.query({ name: 'node/readiness', text: 'select 1' })
    return { ok: true, checks: { database: 'ok' } }
  } catch {
    return { ok: false, checks: { database: 'does not answer' } }
  }
}

const ocpiPorts = (core: Core): ServerPorts => {
  const { settings, directory, metrics, log, secrets, publish } = core
  return {
    handlers: createHandlers({
      ...core,
      publish,
      publicUrl: settings.publicUrl,
      commandTimeoutS: settings.commandTimeoutS,
      profilesPerMinute: settings.profilesPerMinute,
      refuseAddress: core.guard.check,
    }),
    publicUrl: settings.publicUrl,
    authenticate: createAuthenticate(directory, secrets, core.hubClients),
    offers: (caller, _version, module, side) =>
      offersModule(caller, directory.hosted(), module, side) &&
      isAgreed(
        directory.partners().find(({ id }) => id === caller.partnerId),
        module,
        side,
      ),
    onFindings: (caller, operation, findings) => core.findings.record(caller.partnerId, operation, findings),
    onExchange: ({ partnerId, statusCode, operation, durationMs }) => {
      if (partnerId !== undefined) core.hearing.heard(partnerId)
      const outcome = statusCode < 2000 ? 'ok' : statusCode < 3000 ? 'refused' : 'outage'
      metrics.ocpiExchanges.inc({ direction: 'in', operation, outcome })
      metrics.ocpiSeconds.observe({ direction: 'in', operation }, durationMs / 1000)
    },
    onMessage(message) {
      core.tally.incoming(message)
      core.recorder.incoming?.(message)
    },
    onError: (error, context) => log.error({ err: error, ...context }, 'an OCPI request failed'),
  }
}

/** One HTTP server for partners (`/ocpi`) operators (`/api/v1`, the console at `/`) and drivers (`/driver/v1`, the app at `/drive`), health and metrics; a worker has the last two only. Not listening yet. */
export const createApp = async (
  core: Core,
  services: NodeServices,
  { consoleFolder, driveFolder }: Pick<NodeOptions, 'consoleFolder' | 'driveFolder'> = {},
): Promise<FastifyInstance> => {
  const { frameworkErrors: envelope, ...ocpiOptions } = ocpiFastifyOptions()
  const options: FastifyHttpOptions<RawServerDefault, FastifyBaseLogger> = {
    ...ocpiOptions,
    ajv: operatorServerOptions.ajv,
    loggerInstance: core.log,
    trustProxy: core.settings.trustProxy,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) =>
      isOperatorPath(request.url) || isDriverPath(request.url)
        ? answerError(error, request, reply)
        : envelope(error, request, reply),
  }
  const app: FastifyInstance = Fastify(options)
  endConnectionsOnClose(app)
  const { stores, secrets, settings, metrics, version, database } = core
  const ready = (): Promise<Readiness> => readiness(database)
  if (settings.role === 'worker') {
    await registerHealth(app, { keys: stores.keys, secrets, ready, metrics })
    return app
  }
  registerOcpi(app, ocpiPorts(core))
  await registerOperatorApi(app, {
    services,
    events: stores.events,
    keys: stores.keys,
    sessions: stores.operatorSessions,
    accounts: stores.accounts,
    webhooks: stores.webhooks,
    objects: stores.objects,
    secrets,
    publicUrl: settings.publicUrl,
    version,
    ready,
    metrics,
    allowPrivateWebhooks: settings.allowPrivatePartners,
    sessionHours: settings.consoleSessionHours,
    mapStyle: settings.mapStyle,
    ...(consoleFolder === undefined || !settings.console ? {} : { consoleFolder }),
  })
  if (settings.driverApp)
    await registerDriverApi(app, { core, services, ...(driveFolder === undefined ? {} : { driveFolder }) })
  return app
}
