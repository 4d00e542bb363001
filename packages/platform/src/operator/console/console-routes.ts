import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ConsoleFile, type ConsoleFiles, NONCE_MARK } from './console-files.js'

const YEAR_S = 31_536_000

const besides = (origin: string | undefined): string => (origin === undefined ? '' : ` ${origin}`)

/**
 * Only files of this node run, and only with this node they talk. Styles that the component library makes while it runs carry the
 * nonce of the answer; there is no inline script. The map draws in a worker and reads its pictures from memory; `mapOrigin` is the one other host it may ask, where the settings name a map.
 */
const contentSecurityPolicy = (nonce: string, mapOrigin: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: blob:${besides(mapOrigin)}`,
    "font-src 'self'",
    `connect-src 'self'${besides(mapOrigin)}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const GUARDS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
} as const

const takesGzip = ({ headers }: FastifyRequest): boolean =>
  /(^|,)\s*gzip\s*(?!;\s*q=0(\.0+)?\s*(,|$))/i.test(String(headers['accept-encoding'] ?? ''))

const sendPage = (
  { page }: ConsoleFiles,
  mapOrigin: string | undefined,
  reply: FastifyReply,
): FastifyReply => {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .headers({
      ...GUARDS,
      'content-security-policy': contentSecurityPolicy(nonce, mapOrigin),
      // NOTE: a page kept anywhere would name files of an older build, and carry a nonce twice.
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(page.replaceAll(NONCE_MARK, nonce))
}

const sendFile = (
  { type, bytes, gzipped }: ConsoleFile,
  cacheControl: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  reply.headers({ ...GUARDS, 'cache-control': cacheControl, vary: 'accept-encoding' }).type(type)
  if (gzipped === undefined || !takesGzip(request)) return reply.send(bytes)
  return reply.header('content-encoding', 'gzip').send(gzipped)
}

/**
 * Serves a built console: its page at `/` and at the addresses of its pages, and its files. Nothing else is answered here. `mapOrigin`
 * is where its map may be read from, besides this node.
 */
export const consoleRoutes = (scope: FastifyInstance, web: ConsoleFiles, mapOrigin?: string): void => {
  const open = { config: { public: true }, schema: { hide: true } } as const
  const page = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    sendPage(web, mapOrigin, reply)
  scope.get('/', open, page)
  for (const segment of web.pages) {
    scope.get(`/${segment}`, open, page)
    scope.get(`/${segment}/*`, open, page)
  }
  for (const [address, file] of web.files) {
    const hashed = address.startsWith('/assets/')
    const cacheControl = hashed ? `public, max-age=${YEAR_S}, immutable` : 'public, max-age=3600'
    scope.get(address, open, async (request, reply) => sendFile(file, cacheControl, request, reply))
  }
}
