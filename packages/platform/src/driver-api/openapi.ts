import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

const TAGS = [
  { name: 'App', description: 'What the app has to know before anybody is signed in' },
  { name: 'Sign-in' },
  { name: 'Account', description: 'Who is signed in' },
] as const

/** Collects the routes of the scope into one OpenAPI 3.1 document; register before any route. */
export const describeDriverApi = async (
  scope: FastifyInstance,
  options: { readonly publicUrl: string; readonly version: string },
): Promise<void> => {
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Interwatt driver API',
        version: options.version,
        description:
          'What the driver app does with a node. Errors are problem documents (RFC 9457). Writes carry the header `x-interwatt-app: drive`.',
      },
      servers: [{ url: '/' }, { url: options.publicUrl }],
      tags: [...TAGS],
      components: {
        securitySchemes: { driverCookie: { type: 'apiKey', in: 'cookie', name: 'interwatt_driver' } },
      },
      security: [{ driverCookie: [] }],
    },
  })
}
