import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { completeDocument } from './openapi.js'

/** Only files of this node run; swagger-ui writes inline styles, which is all that is let through. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The bar of the library shows its own logo and an address field that is of no use here. */
const PAGE_STYLE = '.swagger-ui .topbar { display: none }'

/** Serves the browsable reference at `/reference`; the key is typed into its Authorize button and stays in the page. */
export const serveReference = async (scope: FastifyInstance, prefix: string): Promise<void> => {
  await scope.register(async (page) => {
    page.addHook('onRoute', (route) => {
      route.config = { ...route.config, public: true }
    })
    page.addHook('onSend', async (_request, reply) => {
      reply.headers({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
    })
    await page.register(swaggerUi, {
      routePrefix: '/reference',
      indexPrefix: prefix,
      transformSpecification: completeDocument,
      theme: { title: 'Interwatt operator API', css: [{ filename: 'interwatt.css', content: PAGE_STYLE }] },
      uiConfig: {
        docExpansion: 'none',
        deepLinking: true,
        persistAuthorization: false,
        tryItOutEnabled: true,
      },
    })
  })
}
