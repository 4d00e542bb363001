import type { OperatorRole } from '@interwatt/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type CheckKey, refuseKey } from './key-check.js'
import { ProblemError, problem } from './problem.js'
import { mayDo, requiredRole } from './roles.rules.js'
import { CSRF_HEADER, isCsrf, type PresentedSession, type SignIns } from './sign-in.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for what needs no operator key. */
    public?: boolean
  }
  interface FastifyRequest {
    /** Id of the operator key or the account of this request; empty on public routes. */
    operatorId: string
    /** The sign-in that let this request in; null when it presented a key, and on public routes. */
    operatorSession: PresentedSession | null
  }
}

const BEARER = /^Bearer +([\x21-\x7e]{1,256})$/i
const SAFE_METHODS = ['GET', 'HEAD']

/** What lets requests in. Without `signIns` only keys do. */
export interface Admission {
  readonly checkKey: CheckKey
  readonly signIns?: SignIns
  /** Base of the API, which the patterns of the role table leave out. */
  readonly prefix: string
}

/** Who asks, for the role table. */
interface Caller {
  readonly id: string
  readonly role: OperatorRole
  readonly session: PresentedSession | null
}

const bySession = async (request: FastifyRequest, signIns: SignIns | undefined): Promise<Caller> => {
  const { cookie } = request.headers
  if (signIns?.isNamed(cookie) !== true) throw refuseKey('Send an operator key: Authorization: Bearer KEY.')
  const session = await signIns.find(cookie)
  if (session === undefined) throw refuseKey('This sign-in has ended. Sign in again.')
  if (!SAFE_METHODS.includes(request.method) && !isCsrf(session, request.headers[CSRF_HEADER])) {
    throw new ProblemError(
      problem(403, `A write with a cookie needs the header ${CSRF_HEADER} with csrf of GET /api/v1/session.`),
    )
  }
  return { id: session.keyId ?? session.accountId ?? '', role: session.role, session }
}

const callerOf = async (request: FastifyRequest, admission: Admission): Promise<Caller> => {
  const { authorization } = request.headers
  if (authorization === undefined) return bySession(request, admission.signIns)
  const text = BEARER.exec(authorization)?.[1]
  if (text === undefined) throw refuseKey('Send an operator key: Authorization: Bearer KEY.')
  const { id, role } = await admission.checkKey(request.ip, text)
  return { id, role, session: null }
}

const checkRole = (request: FastifyRequest, role: OperatorRole, prefix: string): void => {
  const { url } = request.routeOptions
  // NOTE: an address that is no route is answered 404 or 405 afterwards, whatever the role.
  if (url === undefined) return
  const pattern = url.startsWith(prefix) ? url.slice(prefix.length) : url
  const needed = requiredRole(request.method, pattern)
  if (mayDo(role, needed)) return
  throw new ProblemError(
    problem(403, `This needs the role ${needed}; this request has the role ${role}.`, {
      title: 'Role not sufficient',
    }),
  )
}

/** Asks for an operator key or a sign-in on every route of the scope that is not public, and for the role the route needs. */
export const requireKey = (scope: FastifyInstance, admission: Admission): void => {
  const authenticate = async (request: FastifyRequest): Promise<void> => {
    if (request.routeOptions.config.public === true) return
    const { id, role, session } = await callerOf(request, admission)
    request.operatorId = id
    request.operatorSession = session
    checkRole(request, role, admission.prefix)
  }
  scope.decorateRequest('operatorId', '')
  scope.decorateRequest('operatorSession', null)
  scope.addHook('onRequest', authenticate)
}
