import { type AddressGuard, createAddressGuard, createOcpiClient, type OcpiClient } from '@interwatt/client'
import { ocpiLoggerOptions } from '@interwatt/server'
import { type Database, DIRECTORY_CHANNEL, type Document } from '@interwatt/store'
import { createSync, type Sync, type SyncDeps, type SyncLimits } from '@interwatt/sync'
import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import { createAdoptSession } from '../commands/results.js'
import type { QueueLimits } from '../conversation/message-queue.js'
import { createRecorder, type Recorder } from '../conversation/recorder.js'
import { type AskAway, createAskAway } from '../directory/away.js'
import { createHearing, type Hearing } from '../directory/hearing.js'
import { createHubClients, type HubClients } from '../directory/hub-clients.js'
import { type Directory, openDirectory } from '../directory/partner-directory.js'
import { createTally, type Tally } from '../exchanges/tally.js'
import { defaultHealthLimits, type HealthLimits } from '../health/limits.js'
import { createMetrics, type Metrics } from '../operator/index.js'
import { createTerminalChecks } from '../payments/terminal-checks.js'
import type { RegistrationDeps } from '../registration/receiver.js'
import { createSecrets, type Secrets } from '../secrets.js'
import type { Settings } from '../settings.js'
import { StationIndex } from '../stations/index.js'
import { createApplyPulled, createFactsOfPulled, createRetire, createWithdraw } from './apply-pulled.js'
import { createFindingRecorder, type FindingRecorder } from './finding-recorder.js'
import { forgetReceived } from './forget-received.js'
import { createOpenPartner } from './open-partner.js'
import { createPublish, type Publish } from './publish.js'
import { openStores, type Stores } from './stores.js'

/** Sync begins this long after a registration, when the answer that carries the partner's new token has arrived. */
const SYNC_AFTER_MS = 250

/** Time limit of each nested GET of a registration (TRN-135). */
const HANDSHAKE_TIMEOUT_MS = 10_000

/** What a node is made from. */
export interface NodeOptions {
  readonly settings: Settings
  /** An open database; the node migrates it and leaves closing it to the caller. */
  readonly database: Database
  /** `INTERWATT_SECRET`, resolved. */
  readonly secret: string
  /** Version of the product, for the OpenAPI document. */
  readonly version: string
  /** Folder of the built console; without it nothing is served at `/`. */
  readonly consoleFolder?: string
  /** Folder of the built driver app; without it nothing is served at `/drive`. */
  readonly driveFolder?: string
  /** The clock, in epoch milliseconds; the system's when left out. */
  readonly now?: () => number
  /** Bounds of delivery, where the defaults do not fit. */
  readonly syncLimits?: Partial<SyncLimits>
  /** Bounds of what waits to be recorded, where the defaults do not fit. */
  readonly messageLimits?: QueueLimits
  /** When something about a partner counts as a problem, where the defaults do not fit. */
  readonly healthLimits?: Partial<HealthLimits>
}

/** What every part of a node works with. */
export interface Core {
  readonly settings: Settings
  readonly database: Database
  readonly version: string
  readonly stores: Stores
  readonly directory: Directory
  readonly secrets: Secrets
  readonly client: OcpiClient
  readonly guard: AddressGuard
  readonly metrics: Metrics
  readonly publish: Publish
  readonly findings: FindingRecorder
  readonly recorder: Recorder
  readonly stations: StationIndex
  readonly tally: Tally
  readonly healthLimits: HealthLimits
  readonly sync: Sync
  readonly registration: RegistrationDeps
  /** Withdraws what a partner that left had sent. */
  readonly withdraw: SyncDeps['retire']
  readonly log: FastifyBaseLogger
  readonly now: () => number
  readonly openPartner: ReturnType<typeof createOpenPartner>
  readonly askAway: AskAway
  readonly hubClients: HubClients
  readonly hearing: Hearing
  adoptSession(partnerId: string, session: Document): Promise<void>
  logError(error: unknown): void
  /** Stops listening to other nodes and ends connections to partners. */
  close(): Promise<void>
}

const openClient = (
  settings: Settings,
  version: string,
  { metrics, recorder, tally }: Pick<Core, 'metrics' | 'recorder' | 'tally'>,
): OcpiClient =>
  createOcpiClient({
    allowPrivateAddresses: settings.allowPrivatePartners,
    userAgent: `interwatt/${version}`,
    onMessage(message) {
      tally.outgoing(message)
      recorder.outgoing?.(message)
    },
    logger: {
      attempt: ({ operation, durationMs, httpStatus, failure }) => {
        const answered = failure === undefined && httpStatus !== undefined && httpStatus < 500
        const outcome = !answered ? 'outage' : httpStatus < 300 ? 'ok' : 'refused'
        const labels = { direction: 'out', operation }
        metrics.ocpiExchanges.inc({ ...labels, outcome })
        metrics.ocpiSeconds.observe(labels, durationMs / 1000)
      },
    },
  })

/** Stores that measure how long decisions on tokens took. */
const measured = (stores: Stores, { authorizationSeconds }: Metrics): Stores => ({
  ...stores,
  authorizations: {
    ...stores.authorizations,
    add(record) {
      const { direction, allowed, durationMs } = record
      authorizationSeconds.observe({ direction, allowed }, durationMs / 1000)
      return stores.authorizations.add(record)
    },
  },
})

type Unregistered = Omit<Core, 'registration' | 'close'>

/** What follows when a partner registered, changed or left. */
const onPartnerChanged =
  ({ publish, stores, sync, withdraw, logError }: Unregistered): RegistrationDeps['onChanged'] =>
  (partner) => {
    const startSync = (partnerId: string): void => {
      stores.sync.ensure(partnerId).then(() => sync.kick(partnerId), logError)
    }
    const { id, name, status, version } = partner
    publish.event({ type: 'partner.updated', subject: id, data: { id, name, status, version } })
    if (status === 'UNREGISTERED') forgetReceived({ ...stores, withdraw }, partner).catch(logError)
    if (status === 'REGISTERED') setTimeout(startSync, SYNC_AFTER_MS, id).unref()
  }

/** Opens everything that the services, the servers and the workers of a node share. */
export const openCore = async (options: NodeOptions): Promise<Core> => {
  const { settings, database, version } = options
  const metrics = createMetrics({ processMetrics: true })
  const stores = measured(openStores(database), metrics)
  const { now = Date.now } = options
  const secrets = createSecrets(options.secret)
  const log: FastifyBaseLogger = pino({ level: settings.logLevel, ...ocpiLoggerOptions() })
  const logError = (error: unknown): void => log.error({ err: error }, 'background work failed')
  const directory = await openDirectory(stores, now)
  const stopListening = database.listen(DIRECTORY_CHANNEL, () => {
    directory.reload().catch(logError)
  })
  const recorder = createRecorder({
    store: stores.messages,
    metrics,
    settings,
    partnerOf: (id) => directory.inMemory(id),
    now,
    onError: logError,
    ...(options.messageLimits === undefined ? {} : { limits: options.messageLimits }),
  })
  const healthLimits: HealthLimits = {
    ...defaultHealthLimits,
    probeAfterMs: settings.partnerProbeS * 1000,
    ...options.healthLimits,
  }
  const tally = createTally({
    store: stores.exchanges,
    partnerOf: (id) => directory.inMemory(id),
    now,
    onError: logError,
    momentMs: healthLimits.momentMs,
    flushEveryMs: Math.min(healthLimits.everyMs, 5_000),
  })
  const client = openClient(settings, version, { metrics, recorder, tally })
  const guard = createAddressGuard({ allowPrivateAddresses: settings.allowPrivatePartners })
  const publish = createPublish(stores.events, metrics, logError)
  const stations = new StationIndex({
    stations: stores.stationRows,
    objects: stores.objects,
    now,
    onError: logError,
  })
  const findings = createFindingRecorder(stores.findings, now, logError)
  const openPartner = createOpenPartner(secrets, (partnerId) => directory.profile(partnerId))
  const adoptSession = createAdoptSession({ commands: stores.commands, onUpdated: publish.commandUpdated })
  const hubClients = createHubClients(stores.objects, directory, now)
  const forgetClients = hubClients.forget
  const retire = createRetire({ objects: stores.objects, now, forgetClients })
  const sync = createSync({
    objects: stores.objects,
    sync: stores.sync,
    partners: stores.partners,
    client,
    openPartner,
    hostedParties: async () => directory.hosted(),
    factsOfPulled: createFactsOfPulled(stores.lookup),
    applyPulled: createApplyPulled({
      objects: stores.objects,
      directory,
      now,
      onSession: adoptSession,
      onReturned: (partnerId, returned) => sync.pullAgain(partnerId, returned),
      forgetClients,
      onCdr: createTerminalChecks(stores).tellCdr,
    }),
    retire,
    clock: now,
    random: Math.random,
    log: (level, message, fields) => log[level](fields ?? {}, message),
    onEvent: publish.event,
    onFindings: findings.record,
    cutsLongTexts: (partnerId) => directory.profile(partnerId).accepts.longTexts === true,
    ...(options.syncLimits === undefined ? {} : { limits: options.syncLimits }),
  })
  const shared = {
    settings,
    database,
    version,
    stores,
    directory,
    secrets,
    client,
    guard,
    metrics,
    publish,
    findings,
    recorder,
    stations,
    tally,
    healthLimits,
    sync,
    log,
    logError,
    now,
    openPartner,
    askAway: createAskAway(stores.objects),
    hubClients,
    hearing: createHearing({ store: stores.hearing, now, logError }),
    adoptSession,
    withdraw: createWithdraw({ objects: stores.objects, now }),
  }
  const registration: RegistrationDeps = {
    partners: stores.partners,
    directory,
    client,
    secrets,
    publicUrl: settings.publicUrl,
    tokenGraceS: settings.tokenGraceS,
    now,
    handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
    beginAnew: (partnerId) => stores.sync.reset(partnerId),
    onFindings: findings.record,
    onChanged: onPartnerChanged(shared),
  }
  const close = async (): Promise<void> => {
    stopListening()
    await stations[Symbol.asyncDispose]()
    await findings.stop()
    await client.close()
    await Promise.all([recorder.stop(), tally.stop()])
  }
  return { ...shared, registration, close }
}
