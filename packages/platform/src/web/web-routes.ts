import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NONCE_MARK, type WebFile, type WebFiles } from './web-files.js'

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

type Guards = Readonly<Record<keyof typeof GUARDS, string>>

/** How long a browser keeps a file: for ever when its name carries a hash of its content. */
const cacheControlOf = (address: string): string => {
  if (address.startsWith('/assets/')) return `public, max-age=${YEAR_S}, immutable`
  return address === '/service-worker.js' ? 'no-cache' : 'public, max-age=3600'
}

const sendPage = (
  { page }: WebFiles,
  { guards, mapOrigin }: { readonly guards: Guards; readonly mapOrigin: string | undefined },
  reply: FastifyReply,
): FastifyReply => {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .headers({
      ...guards,
      'content-security-policy': contentSecurityPolicy(nonce, mapOrigin),
      // NOTE: a page kept anywhere would name files of an older build, and carry a nonce twice.
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(page.replaceAll(NONCE_MARK, nonce))
}

const sendFile = (
  { type, bytes, gzipped }: WebFile,
  headers: Guards & { readonly 'cache-control': string },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  reply.headers({ ...headers, vary: 'accept-encoding' }).type(type)
  if (gzipped === undefined || !takesGzip(request)) return reply.send(bytes)
  return reply.header('content-encoding', 'gzip').send(gzipped)
}

/** Where a web app is served, and what it may use beyond reading from its node. */
export interface WebPlace {
  /** Path of its first page, such as `/drive`; empty for `/`. */
  readonly base: string
  /** Value of `permissions-policy`; nothing is allowed when left out. */
  readonly permissions?: string
  /** Where its map may be read from, besides this node. */
  readonly mapOrigin?: string | undefined
}

/**
 * Serves a built web app: its page at the base and at the addresses of its pages, and its files. A file called `service-worker.js` is
 * looked for again every time. Nothing else is answered here.
 */
export const webRoutes = (
  scope: FastifyInstance,
  web: WebFiles,
  { base, permissions, mapOrigin }: WebPlace,
): void => {
  const open = { config: { public: true }, schema: { hide: true } } as const
  const guards = permissions === undefined ? GUARDS : { ...GUARDS, 'permissions-policy': permissions }
  const page = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    sendPage(web, { guards, mapOrigin }, reply)
  scope.get(base === '' ? '/' : base, open, page)
  if (base !== '') scope.get(`${base}/`, open, page)
  for (const segment of web.pages) {
    scope.get(`${base}/${segment}`, open, page)
    scope.get(`${base}/${segment}/*`, open, page)
  }
  for (const [address, file] of web.files) {
    const cacheControl = cacheControlOf(address)
    scope.get(`${base}${address}`, open, async (request, reply) =>
      sendFile(file, { ...guards, 'cache-control': cacheControl }, request, reply),
    )
  }
}
