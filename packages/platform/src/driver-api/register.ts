import type { FastifyInstance } from 'fastify'
import { createMailer } from '../drivers/mail/mailer.js'
import { mapOrigin } from '../map-style.rules.js'
import { answerError } from '../operator/errors.js'
import { refuseInfinite } from '../operator/finite-numbers.js'
import { acceptJson } from '../operator/json-body.js'
import { answerUnknown } from '../operator/method-not-allowed.js'
import { loadWeb } from '../web/web-files.js'
import { webRoutes } from '../web/web-routes.js'
import { accountsOf } from './accounts.js'
import { admitDrivers } from './admission.js'
import { createCharging } from './charging.js'
import type { DriverApiDeps } from './deps.js'
import { DriverSignIns } from './driver-sign-ins.js'
import { createDriverLimits } from './limits.js'
import { describeDriverApi, driverApiText } from './openapi.js'
import { accountRoutes } from './routes/account.js'
import { appRoutes } from './routes/app.js'
import { cardRoutes } from './routes/cards.js'
import { chargeRoutes } from './routes/charges.js'
import { driverEventRoutes } from './routes/events.js'
import { passkeyRoutes } from './routes/passkeys.js'
import { problemRoutes } from './routes/problems.js'
import { receiptRoutes } from './routes/receipts.js'
import { reservationRoutes } from './routes/reservations.js'
import { signInRoutes } from './routes/sign-in.js'
import { vehicleRoutes } from './routes/vehicles.js'
import { everyStationRoute } from './station-routes.js'

/** Base of the driver API. */
const DRIVER_PREFIX = '/driver/v1'

/** Where the driver app is served. */
const APP_BASE = '/drive'

/** The app finds the driver and reads printed codes when the driver lets it. */
const PERMISSIONS = 'camera=(self), microphone=(), geolocation=(self), payment=()'

/** Whether an address belongs to the driver API, so that its errors are problem documents. */
export const isDriverPath = (url: string): boolean =>
  url === DRIVER_PREFIX || url.startsWith(`${DRIVER_PREFIX}/`)

const documentRoute = (api: FastifyInstance): void => {
  const text = driverApiText(api)
  api.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(text()),
  )
}

/** Adds the driver API and, where it was built, the driver app. Call before `listen`; call once. */
export const registerDriverApi = async (app: FastifyInstance, deps: DriverApiDeps): Promise<void> => {
  const { settings, secrets, stores, now, version } = deps.core
  const { publicUrl, driverSessionDays: days } = settings
  const limits = createDriverLimits(now, settings.driverCallsPerMinute)
  const mailer = createMailer(settings)
  const accounts = accountsOf(deps, mailer)
  const signIns = new DriverSignIns({ drivers: stores.drivers, secrets, publicUrl, days, now })
  const web = deps.driveFolder === undefined ? undefined : await loadWeb(deps.driveFolder)
  await app.register(
    async (api) => {
      api.setNotFoundHandler(answerUnknown(api))
      api.setErrorHandler(answerError)
      api.setSerializerCompiler(() => (value) => JSON.stringify(value))
      acceptJson(api)
      refuseInfinite(api)
      if (mailer !== undefined) api.addHook('onClose', async () => mailer.close())
      admitDrivers(api, signIns, limits)
      await describeDriverApi(api, { publicUrl, version })
      appRoutes(api, deps, accounts)
      signInRoutes(api, { ...deps, accounts, signIns, limits })
      passkeyRoutes(api, { ...deps, accounts, signIns, limits })
      accountRoutes(
        api,
        { ...accounts, reports: stores.problemReports, charges: stores.driverCharges },
        signIns,
      )
      vehicleRoutes(api, accounts)
      cardRoutes(api, accounts)
      problemRoutes(api, deps.services.problemReports, limits)
      const charging = createCharging(deps)
      chargeRoutes(api, charging)
      reservationRoutes(api, charging)
      receiptRoutes(api, deps, charging)
      driverEventRoutes(api, deps, { charging, signIns })
      everyStationRoute(api, deps)
      documentRoute(api)
    },
    { prefix: DRIVER_PREFIX },
  )
  if (web !== undefined)
    await app.register(async (scope) =>
      webRoutes(scope, web, {
        base: APP_BASE,
        permissions: PERMISSIONS,
        mapOrigin: mapOrigin(settings.mapStyle),
      }),
    )
}
