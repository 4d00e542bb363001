import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { withProblems } from '../operator/openapi.js'

const TAGS = [
  { name: 'App', description: 'What the app has to know before anybody is signed in' },
  { name: 'Sign-in' },
  { name: 'Stations', description: 'Where cars charge, whether they may now, and what it costs' },
  { name: 'Charges', description: 'Start, follow and stop charging; how it is to be done' },
  { name: 'Reservations', description: 'Plugs that are kept free for a driver' },
  { name: 'Receipts', description: 'What was charged and what it cost, one by one and by month' },
  { name: 'Events', description: 'What happens, as it happens' },
  { name: 'Account', description: 'Who is signed in' },
  { name: 'Passkeys', description: 'Sign-in without codes' },
  { name: 'Vehicles', description: 'Cars, which quotes are made for' },
  { name: 'Cards', description: 'Cards of the contract' },
  { name: 'Problems', description: 'What drivers report, and what they are answered' },
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
    // What is public says so where it is answered; here it is read from there.
    transform: ({ schema, url, route }) => ({
      url,
      schema: route.config?.public === true ? { security: [], ...schema } : schema,
    }),
  })
}

/** The OpenAPI document as text, made once and kept. */
export const driverApiText = (scope: FastifyInstance): (() => string) => {
  let text: string | undefined
  return () => {
    text ??= JSON.stringify(withProblems(scope.swagger()))
    return text
  }
}
