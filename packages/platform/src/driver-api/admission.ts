import type { Driver } from '@interwatt/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError, problem } from '../operator/problem.js'
import type { DriverSignIns } from './driver-sign-ins.js'
import type { DriverLimits } from './limits.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null on public routes of the driver API without a sign-in that counts, and elsewhere. */
    driver: Driver | null
  }
}

/** Header of every write: a page of another origin cannot send it. */
const APP_HEADER = 'x-interwatt-app'
const APP = 'drive'
const SAFE_METHODS = ['GET', 'HEAD']

const signInNeeded = (): ProblemError =>
  new ProblemError(
    problem(401, 'Sign in first; the sign-in of this request has ended or there is none.', {
      title: 'Sign-in needed',
      type: 'sign-in-needed',
    }),
  )

/** The driver of a request to a route that is not public. Throws 401. */
export const driverOf = ({ driver }: Pick<FastifyRequest, 'driver'>): Driver => {
  if (driver === null) throw signInNeeded()
  return driver
}

/**
 * Finds who is signed in, on every route of the scope; routes that are not public need somebody, writes need the header of the app, and nobody may
 * call too often. Answers that are for one driver are kept nowhere, unless a route says otherwise.
 */
export const admitDrivers = (scope: FastifyInstance, signIns: DriverSignIns, limits: DriverLimits): void => {
  scope.decorateRequest('driver', null)
  scope.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url === undefined) return
    if (!SAFE_METHODS.includes(request.method) && request.headers[APP_HEADER] !== APP)
      throw new ProblemError(problem(403, `Writes carry the header ${APP_HEADER}: ${APP}.`))
    request.driver = (await signIns.find(request.headers.cookie)) ?? null
    limits.call(request.driver === null ? { address: request.ip } : { driverId: request.driver.id })
    if (request.routeOptions.config.public === true && request.driver === null) return
    driverOf(request)
    reply.header('cache-control', 'no-store')
  })
}
