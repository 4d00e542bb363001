import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify'
import { mapOrigin } from '../map-style.rules.js'
import { Attempts } from '../web/attempts.js'
import { loadWeb } from '../web/web-files.js'
import { webRoutes } from '../web/web-routes.js'
import { AccountDesk } from './accounts/account-desk.js'
import { KeyRing } from './api-keys.js'
import { requireKey } from './authentication.js'
import type { OperatorDeps } from './deps.js'
import { answerError } from './errors.js'
import { FeedWatch } from './feed-watch.js'
import { refuseInfinite } from './finite-numbers.js'
import { acceptJson } from './json-body.js'
import { type CheckKey, createKeyCheck } from './key-check.js'
import { answerUnknown } from './method-not-allowed.js'
import { trackStreams } from './open-streams.js'
import { describeApi, openApiText } from './openapi.js'
import { serveReference } from './reference.js'
import { hubClients, resources } from './resources.js'
import { accountRoutes } from './routes/accounts.js'
import { authorizationRoutes } from './routes/authorizations.js'
import { bookingRoutes } from './routes/bookings.js'
import { cdrCheckRoutes } from './routes/cdr-checks.js'
import { chargingPreferenceRoutes } from './routes/charging-preferences.js'
import { chargingProfileRoutes } from './routes/charging-profiles.js'
import { commandRoutes } from './routes/commands.js'
import { driverRoutes } from './routes/drivers.js'
import { eventRoutes } from './routes/events.js'
import { invoiceRoutes } from './routes/invoices.js'
import { keyRoutes } from './routes/keys.js'
import { lintRoutes } from './routes/lint.js'
import { locationPartRoutes } from './routes/location-parts.js'
import { mapRoutes } from './routes/map.js'
import { messageRoutes } from './routes/messages.js'
import { nodeRoutes, trafficRoutes } from './routes/node.js'
import { objectBulkRoutes } from './routes/object-bulk.js'
import { objectListRoutes } from './routes/object-lists.js'
import { objectRoutes } from './routes/objects.js'
import { partyRoutes } from './routes/parties.js'
import { partnerPricingRoutes } from './routes/partner-pricing.js'
import { partnerProfileRoutes } from './routes/partner-profile.js'
import { partnerRoutes } from './routes/partners.js'
import { paymentRoutes } from './routes/payments.js'
import { priceRoutes } from './routes/prices.js'
import { problemReportRoutes } from './routes/problem-reports.js'
import { problemRoutes } from './routes/problems.js'
import { quoteRoutes } from './routes/quotes.js'
import { scorecardRoutes } from './routes/scorecards.js'
import { sessionRoutes, sessionView } from './routes/session.js'
import { statusHistoryRoutes } from './routes/status-history.js'
import { tariffExplanationRoutes } from './routes/tariff-explanations.js'
import { tariffStateRoutes } from './routes/tariff-states.js'
import { terminalRoutes } from './routes/terminals.js'
import { webhookRoutes } from './routes/webhooks.js'
import { whyRoutes } from './routes/why.js'
import { SignIns } from './sign-in.js'

/** Base of the operator API. */
export const API_PREFIX = '/api/v1'

/**
 * Options the Fastify instance of a node should be made with: unknown fields are refused instead of dropped, and all
 * mistakes are reported at once.
 */
export const operatorServerOptions = {
  ajv: { customOptions: { removeAdditional: false, allErrors: true } },
  routerOptions: { maxParamLength: 500 },
  // NOTE: a broken address never reaches a route; a server with other APIs asks `isOperatorPath` first.
  frameworkErrors: answerError,
} as const satisfies FastifyServerOptions

/** Whether an address belongs to the operator API, so that its errors are problem documents. */
export const isOperatorPath = (url: string): boolean => url === API_PREFIX || url.startsWith(`${API_PREFIX}/`)

/** How long a sign-in lasts unless the settings say otherwise, in hours. */
const SESSION_HOURS = 12

interface Shared {
  readonly ring: KeyRing
  readonly watch: FeedWatch
  readonly checkKey: CheckKey
  readonly signIns: SignIns
  readonly desk: AccountDesk
  now(): number
}

const resourceRoutes = (scope: FastifyInstance, deps: OperatorDeps): void => {
  const { objects, authorizations, terminals, payments, invoices } = deps.services
  terminalRoutes(scope, terminals)
  paymentRoutes(scope, payments)
  invoiceRoutes(scope, invoices)
  for (const resource of resources) {
    objectListRoutes(scope, resource, { objects, checks: deps.services.cdrChecks, publicUrl: deps.publicUrl })
    if (!resource.single) objectBulkRoutes(scope, resource, objects)
    objectRoutes(scope, resource, objects)
  }
  objectListRoutes(scope, hubClients, { objects, checks: deps.services.cdrChecks, publicUrl: deps.publicUrl })
  locationPartRoutes(scope, objects)
  mapRoutes(scope, deps.services.stations)
  statusHistoryRoutes(scope, deps.services.statuses)
  tariffStateRoutes(scope, objects)
  cdrCheckRoutes(scope, deps.services.cdrChecks)
  priceRoutes(scope, deps.services.prices)
  quoteRoutes(scope, deps.services.prices)
  lintRoutes(scope, deps.services.prices, deps.now ?? Date.now)
  tariffExplanationRoutes(scope, deps.services.prices)
  chargingPreferenceRoutes(scope, objects)
  authorizationRoutes(scope, authorizations)
}

const nodeAndEventRoutes = (
  scope: FastifyInstance,
  deps: OperatorDeps,
  { ring, watch, checkKey, signIns, desk, now }: Shared,
): void => {
  const { keys, secrets, webhooks, events, objects, metrics, version, publicUrl, mapStyle = null } = deps
  const isAdmitted = async ({ operatorSession, operatorId, headers }: FastifyRequest): Promise<boolean> =>
    operatorSession === null
      ? (await ring.byId(operatorId)) !== undefined
      : (await signIns.find(headers.cookie)) !== undefined
  const streams = trackStreams(scope, metrics, { isAdmitted, recheckMs: deps.recheckMs })
  sessionRoutes(scope, { checkKey, ring, signIns, desk, version, publicUrl, mapStyle })
  const viewSession = sessionView({ version, publicUrl, mapStyle })
  accountRoutes(scope, { accounts: deps.accounts, desk, signIns, viewSession })
  trafficRoutes(scope, { metrics })
  eventRoutes(scope, { events, objects, watch, streams })
  messageRoutes(scope, { conversation: deps.services.conversation, streams, publicUrl })
  webhookRoutes(scope, { webhooks, objects, secrets, allowPrivate: deps.allowPrivateWebhooks ?? false, now })
  keyRoutes(scope, { keys, ring, secrets, now })
}

const measure = (scope: FastifyInstance, { httpSeconds }: OperatorDeps['metrics']): void => {
  scope.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    httpSeconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
}

const documentationRoutes = async (api: FastifyInstance, root: FastifyInstance): Promise<void> => {
  const text = openApiText(root)
  api.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(text()),
  )
  await serveReference(api, API_PREFIX)
}

const prepare = (
  root: FastifyInstance,
  { metrics }: Pick<OperatorDeps, 'metrics'>,
  { checkKey, signIns }: Pick<Shared, 'checkKey'> & Partial<Pick<Shared, 'signIns'>>,
): void => {
  root.setErrorHandler(answerError)
  root.setSerializerCompiler(() => (value) => JSON.stringify(value))
  acceptJson(root)
  refuseInfinite(root)
  requireKey(root, { checkKey, prefix: API_PREFIX, ...(signIns === undefined ? {} : { signIns }) })
  measure(root, metrics)
}

/** Adds health and metrics only, for a node that works but serves nobody. Call before `listen`. */
export const registerHealth = async (
  app: FastifyInstance,
  deps: Pick<OperatorDeps, 'keys' | 'secrets' | 'ready' | 'metrics' | 'now'>,
): Promise<void> => {
  const now = deps.now ?? Date.now
  await app.register(async (root) => {
    const ring = new KeyRing(deps.keys, deps.secrets, now)
    prepare(root, deps, { checkKey: createKeyCheck({ ring, attempts: new Attempts(now) }) })
    nodeRoutes(root, deps)
  })
}

/** Adds the operator API, its reference, health, metrics and the console to a server. Call before `listen`; call once. */
export const registerOperatorApi = async (app: FastifyInstance, deps: OperatorDeps): Promise<void> => {
  const now = deps.now ?? Date.now
  const { sessions, secrets, publicUrl, sessionHours: hours = SESSION_HOURS } = deps
  const ring = new KeyRing(deps.keys, secrets, now)
  const watch = new FeedWatch(deps.objects)
  const attempts = new Attempts(now)
  const checkKey = createKeyCheck({ ring, attempts })
  const desk = new AccountDesk({
    accounts: deps.accounts,
    secrets,
    attempts,
    passwordCost: deps.passwordCost,
    now,
  })
  const signIns = new SignIns({ sessions, secrets, publicUrl, hours, now })
  const web = deps.consoleFolder === undefined ? undefined : await loadWeb(deps.consoleFolder)
  await app.register(async (root) => {
    const unknown = answerUnknown(root)
    root.setNotFoundHandler(unknown)
    prepare(root, deps, { checkKey, signIns })
    root.addHook('onClose', () => watch[Symbol.asyncDispose]())
    await describeApi(root, { publicUrl: deps.publicUrl, version: deps.version })
    nodeRoutes(root, deps)
    if (web !== undefined) webRoutes(root, web, { base: '', mapOrigin: mapOrigin(deps.mapStyle ?? null) })
    await root.register(
      async (api) => {
        api.setNotFoundHandler(unknown)
        partyRoutes(api, deps.services.parties)
        partnerRoutes(api, deps.services.partners)
        partnerProfileRoutes(api, deps.services.partners)
        partnerPricingRoutes(api, deps.services.partners)
        problemRoutes(api, deps.services.health)
        scorecardRoutes(api, deps.services.scorecards)
        resourceRoutes(api, deps)
        commandRoutes(api, deps.services.commands)
        whyRoutes(api, deps.services.conversation)
        chargingProfileRoutes(api, deps.services.chargingProfiles)
        bookingRoutes(api, deps.services.bookings)
        driverRoutes(api, deps.services.drivers)
        problemReportRoutes(api, deps.services.problemReports)
        nodeAndEventRoutes(api, deps, { ring, watch, checkKey, signIns, desk, now })
        await documentationRoutes(api, root)
      },
      { prefix: API_PREFIX },
    )
  })
}
