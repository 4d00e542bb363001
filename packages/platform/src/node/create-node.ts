import { createAddressGuard, createOcpiClient } from '@interwatt/client'
import { ocpiFastifyOptions, ocpiLoggerOptions, registerOcpi } from '@interwatt/server'
import { type Database, DIRECTORY_CHANNEL, migrate } from '@interwatt/store'
import { createSync } from '@interwatt/sync'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify'
import { pino } from 'pino'
import { createAuthorizationService } from '../authorization/authorization-service.js'
import { createDecide } from '../authorization/decide.js'
import { createFinish, expireCommands } from '../commands/finish.js'
import { createAdoptSession } from '../commands/results.js'
import { createSend } from '../commands/send.js'
import { openDirectory } from '../directory/partner-directory.js'
import { offersModule } from '../modules/access.rules.js'
import { createSendPreferences } from '../modules/sessions/preferences.js'
import { createObjectService } from '../objects/object-service.js'
import {
  answerError,
  createDeliveryPost,
  createMetrics,
  createWebhookDelivery,
  isOperatorPath,
  operatorServerOptions,
  registerOperatorApi,
} from '../operator/index.js'
import { createPartnerService } from '../registration/partner-service.js'
import type { RegistrationDeps } from '../registration/receiver.js'
import { createSecrets } from '../secrets.js'
import type { NodeServices } from '../services.js'
import type { Settings } from '../settings.js'
import { createApplyPulled, createRetire } from './apply-pulled.js'
import { createAuthenticate } from './authenticate.js'
import { createCommandToken } from './command-tokens.js'
import { forgetReceived } from './forget-received.js'
import { createHandlers } from './handlers.js'
import { createOpenPartner } from './open-partner.js'
import { createPartyService } from './party-service.js'
import { createPublish } from './publish.js'
import { openStores, type Stores } from './stores.js'

/** Time limit of each nested GET of a registration (TRN-135). */
const HANDSHAKE_TIMEOUT_MS = 10_000
/** How often overdue commands are looked for. */
const COMMAND_TICK_MS = 500

/** A running OCPI platform: servers, workers and the services behind the operator API. */
export interface Node extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly services: NodeServices
  readonly stores: Stores
  /** Base of every URL given out; carries the real port when the settings asked for any. */
  readonly publicUrl: string
  close(): Promise<void>
}

export interface NodeOptions {
  readonly settings: Settings
  /** An open database; the node migrates it and leaves closing it to the caller. */
  readonly database: Database
  /** `INTERWATT_SECRET`, resolved. */
  readonly secret: string
  /** Version of the product, for the OpenAPI document. */
  readonly version: string
}

/** Starts a node over an open database: migrates, listens, and serves as `settings.role` says. */
export const createNode = async (options: NodeOptions): Promise<Node> => {
  const { settings, database } = options
  await migrate(database)
  const stores = openStores(database)
  const now = Date.now
  const secrets = createSecrets(options.secret)
  const log: FastifyBaseLogger = pino({ level: settings.logLevel, ...ocpiLoggerOptions() })
  const { frameworkErrors: ocpiFrameworkErrors, ...ocpiOptions } = ocpiFastifyOptions()
  const serverOptions: FastifyHttpOptions<RawServerDefault, FastifyBaseLogger> = {
    ...ocpiOptions,
    ajv: operatorServerOptions.ajv,
    loggerInstance: log,
    frameworkErrors: (error, request, reply) =>
      isOperatorPath(request.url)
        ? answerError(error, request, reply)
        : ocpiFrameworkErrors(error, request, reply),
    logController: new LogController({ disableRequestLogging: true }),
  }
  const app: FastifyInstance = Fastify(serverOptions)
  const logError = (error: unknown): void => log.error({ err: error }, 'background work failed')
  const directory = await openDirectory(stores.partners, stores.parties, now)
  const stopListening = database.listen(DIRECTORY_CHANNEL, () => {
    directory.reload().catch(logError)
  })
  const metrics = createMetrics({ processMetrics: true })
  const client = createOcpiClient({
    allowPrivateAddresses: settings.allowPrivatePartners,
    userAgent: `interwatt/${options.version}`,
    logger: {
      attempt: ({ durationMs, httpStatus, failure }) => {
        const outcome =
          failure === undefined && httpStatus !== undefined && httpStatus < 500 ? 'ok' : 'outage'
        metrics.ocpiExchanges.inc({ direction: 'out', operation: 'all', outcome })
        metrics.ocpiSeconds.observe({ direction: 'out', operation: 'all' }, durationMs / 1000)
      },
    },
  })
  const guard = createAddressGuard({ allowPrivateAddresses: settings.allowPrivatePartners })
  const publish = createPublish(stores.events, logError)
  const openPartner = createOpenPartner(secrets)
  const adoptSession = createAdoptSession({ commands: stores.commands, onUpdated: publish.commandUpdated })
  const retire = createRetire({ objects: stores.objects, now })
  const sync = createSync({
    objects: stores.objects,
    sync: stores.sync,
    partners: stores.partners,
    client,
    openPartner,
    hostedParties: async () => directory.hosted(),
    applyPulled: createApplyPulled({ objects: stores.objects, now, onSession: adoptSession }),
    retire,
    clock: now,
    random: Math.random,
    log: (level, message, fields) => log[level](fields ?? {}, message),
    onEvent: publish.event,
  })
  const registration: RegistrationDeps = {
    partners: stores.partners,
    directory,
    client,
    secrets,
    publicUrl: settings.publicUrl,
    tokenGraceS: settings.tokenGraceS,
    now,
    handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
    onChanged: (partner) => {
      publish.event({
        type: 'partner.updated',
        subject: partner.id,
        data: { id: partner.id, name: partner.name, status: partner.status, version: partner.version },
      })
      if (partner.status === 'UNREGISTERED')
        forgetReceived({ objects: stores.objects, sync: stores.sync, retire }, partner).catch(logError)
      if (partner.status === 'REGISTERED')
        stores.sync.ensure(partner.id).then(() => sync.kick(partner.id), logError)
    },
  }
  const finishDeps = {
    commands: stores.commands,
    directory,
    client,
    now,
    openPartner,
    onUpdated: publish.commandUpdated,
  }
  const preferenceDeps = {
    objects: stores.objects,
    events: stores.events,
    directory,
    client,
    now,
    openPartner,
  }
  const services: NodeServices = {
    parties: createPartyService({ parties: stores.parties, directory, onChanged: () => sync.kick() }),
    partners: createPartnerService({
      ...registration,
      sync: stores.sync,
      objects: stores.objects,
      backlog: async (partnerId) => (await sync.status(partnerId)).backlog,
      resync: (partnerId) => sync.resync(partnerId),
    }),
    objects: createObjectService({
      objects: stores.objects,
      lookup: stores.lookup,
      directory,
      now,
      sendPreferences: createSendPreferences(preferenceDeps),
    }),
    commands: {
      send: createSend({
        lookup: stores.lookup,
        commands: stores.commands,
        directory,
        client,
        secrets,
        publicUrl: settings.publicUrl,
        now,
        openPartner,
        onUpdated: publish.commandUpdated,
      }),
      get: (id) => stores.commands.get(id),
      list: (query) => stores.commands.list(query),
      finish: createFinish(finishDeps),
    },
    authorizations: createAuthorizationService({
      stores,
      decide: createDecide({
        directory,
        lookup: stores.lookup,
        authorizations: stores.authorizations,
        client,
        now,
        timeoutMs: () => settings.authorizationTimeoutMs,
        openPartner,
        commandToken: createCommandToken(stores.commands, now),
      }),
    }),
  }
  registerOcpi(app, {
    handlers: createHandlers({
      stores,
      directory,
      client,
      secrets,
      publish,
      publicUrl: settings.publicUrl,
      now,
      commandTimeoutS: settings.commandTimeoutS,
      registration,
      openPartner,
      adoptSession,
      refuseAddress: guard.check,
    }),
    publicUrl: settings.publicUrl,
    authenticate: createAuthenticate(directory, secrets),
    offers: (caller, _version, module, side) => offersModule(caller, directory.hosted(), module, side),
    onFindings: (caller, operation, findings) =>
      log.warn({ partner: caller.partnerName, operation, findings }, 'tolerated deviations of a partner'),
    onExchange: (exchange) => {
      const outcome = exchange.statusCode < 2000 ? 'ok' : exchange.statusCode < 3000 ? 'refused' : 'outage'
      metrics.ocpiExchanges.inc({ direction: 'in', operation: exchange.operation, outcome })
      metrics.ocpiSeconds.observe(
        { direction: 'in', operation: exchange.operation },
        exchange.durationMs / 1000,
      )
    },
    onError: (error, context) => log.error({ err: error, ...context }, 'an OCPI request failed'),
  })
  await registerOperatorApi(app, {
    services,
    events: stores.events,
    keys: stores.keys,
    webhooks: stores.webhooks,
    objects: stores.objects,
    secrets,
    publicUrl: settings.publicUrl,
    version: options.version,
    ready: async () => readiness(database),
    metrics,
    allowPrivateWebhooks: settings.allowPrivatePartners,
  })
  const works = settings.role !== 'api'
  const webhooks = createWebhookDelivery({
    webhooks: stores.webhooks,
    events: stores.events,
    objects: stores.objects,
    secrets,
    post: createDeliveryPost({ allowPrivate: settings.allowPrivatePartners }),
    metrics,
    onError: logError,
  })
  let ticking = false
  const tick = async (): Promise<void> => {
    if (ticking) return
    ticking = true
    await expireCommands(finishDeps).catch(logError)
    ticking = false
  }
  const timer = works ? setInterval(tick, COMMAND_TICK_MS) : undefined
  if (works) {
    sync.start()
    webhooks.start()
  }
  await app.listen({ port: settings.port, host: settings.host })
  let closing: Promise<void> | undefined
  const shutDown = async (): Promise<void> => {
    clearInterval(timer)
    stopListening()
    await app.close()
    if (works) await Promise.all([sync.stop(), webhooks.stop()])
    await client.close()
  }
  const close = (): Promise<void> => {
    closing ??= shutDown()
    return closing
  }
  return { app, services, stores, publicUrl: settings.publicUrl, close, [Symbol.asyncDispose]: close }
}

const readiness = async (database: Database): Promise<{ ok: boolean; checks: Record<string, string> }> => {
  try {
    await database.query({ name: 'readiness', text: 'select 1' })
    return { ok: true, checks: { database: 'ok' } }
  } catch {
    return { ok: false, checks: { database: 'does not answer' } }
  }
}
