import swagger from '@fastify/swagger'
import type { DocumentName, JsonSchema } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import { registrationSteps } from '../registration/steps.js'
import { collectDocumentSchemas } from './document-schemas.js'
import { requiredRole } from './roles.rules.js'
import { object } from './wire-schemas.js'

declare module 'fastify' {
  interface FastifySchema {
    operationId?: string
    summary?: string
    description?: string
    tags?: readonly string[]
    security?: ReadonlyArray<{ [name: string]: readonly string[] }>
    /** OCPI document of the request body, of each item of a list body, or of the answer. */
    'x-body'?: DocumentName | 'charging_profile'
    'x-body-items'?: DocumentName
    'x-answer'?: DocumentName
    'x-answer-items'?: DocumentName
  }
}

const TAGS = [
  { name: 'Parties', description: 'The parties this node hosts' },
  { name: 'Partners', description: 'Connections to other platforms' },
  { name: 'Locations' },
  { name: 'Tariffs' },
  { name: 'Tokens' },
  { name: 'Sessions' },
  { name: 'CDRs' },
  { name: 'Terminals', description: 'Payment terminals: own ones of a provider, and those providers sent' },
  { name: 'FinancialAdviceConfirmations', description: 'What was captured for a card payment' },
  { name: 'Payments', description: 'Session, CDR and confirmations of one card payment together' },
  { name: 'InvoiceReconciliationRecords', description: 'Which CDRs an invoice bills' },
  { name: 'BookingLocations', description: 'Places that can be booked, with their calendars and terms' },
  { name: 'Bookings', description: 'Bookings at this node and at partners' },
  {
    name: 'Prices',
    description: 'What CDRs should cost, quotes, and what is wrong with tariffs; nothing is stored',
  },
  { name: 'Commands', description: 'Remote start and stop, reservations, unlocking; sent and received' },
  { name: 'Charging profiles', description: 'Limits of running sessions; sent and received' },
  { name: 'Authorizations', description: 'Decisions on tokens' },
  { name: 'Drivers', description: 'People with an account at an eMSP of this node, and their cards' },
  { name: 'Problem reports', description: 'What drivers report, and what they are answered' },
  { name: 'Hub clients', description: 'Parties behind hubs, and whether they are connected' },
  { name: 'Conversation', description: 'OCPI messages that were sent and received' },
  { name: 'Events', description: 'The stream of everything that happens, and webhooks' },
  { name: 'Keys', description: 'Operator keys' },
  { name: 'Accounts', description: 'People, their roles and passwords' },
  { name: 'Sign-in', description: 'People sign in with an account or an operator key and get a cookie' },
  { name: 'Node', description: 'Health and metrics' },
] as const

const problemSchema: JsonSchema = object(
  {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    findings: { type: 'array', items: { $ref: '#/components/schemas/Finding' } },
    step: {
      type: 'string',
      enum: [...registrationSteps],
      description: 'Where a registration with a partner ended',
    },
  },
  ['type', 'title', 'status', 'detail'],
)

const findingSchema: JsonSchema = object(
  {
    pointer: { type: 'string', description: 'JSON Pointer to the value' },
    code: { type: 'string' },
    message: { type: 'string' },
    rule: { type: 'string' },
    severity: { type: 'string', enum: ['error', 'warning'] },
  },
  ['pointer', 'code', 'message', 'rule', 'severity'],
)

/** The role a call needs, by its path in the document. */
const roleOf = (method: string, path: string): string =>
  requiredRole(method.toUpperCase(), path.replace(/^\/api\/v1/, '').replace(/\{(\w+)\}/g, ':$1'))

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? { ...value } : undefined

const takeText = (from: Record<string, unknown>, name: string): string | undefined => {
  const value = from[name]
  delete from[name]
  return typeof value === 'string' ? value : undefined
}

const json = (schema: unknown): JsonSchema => ({ 'application/json': { schema } })

const problemAnswer = {
  description: 'Problem (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
} as const

/** Puts the problem answer into every operation of a generated OpenAPI document. */
export const withProblems = (generated: unknown): Record<string, unknown> => {
  const openapi = record(generated) ?? {}
  const withProblem = (value: unknown): Record<string, unknown> => {
    const operation = record(value) ?? {}
    return { ...operation, responses: { ...record(operation.responses), default: problemAnswer } }
  }
  const each = (item: unknown) =>
    Object.fromEntries(
      Object.entries(record(item) ?? {}).map(([method, value]) => [method, withProblem(value)]),
    )
  const components = record(openapi.components) ?? {}
  return {
    ...openapi,
    paths: Object.fromEntries(
      Object.entries(record(openapi.paths) ?? {}).map(([path, item]) => [path, each(item)]),
    ),
    components: {
      ...components,
      schemas: { ...record(components.schemas), Problem: problemSchema, Finding: findingSchema },
    },
  }
}

type Lookup = (document: string | undefined) => JsonSchema | undefined

const describeBody = (operation: Record<string, unknown>, lookUp: Lookup): void => {
  const whole = lookUp(takeText(operation, 'x-body'))
  const items = lookUp(takeText(operation, 'x-body-items'))
  const schema = items === undefined ? whole : { type: 'array', items }
  if (schema !== undefined) operation.requestBody = { required: true, content: json(schema) }
}

const describeAnswer = (operation: Record<string, unknown>, lookUp: Lookup): void => {
  const whole = lookUp(takeText(operation, 'x-answer'))
  const items = lookUp(takeText(operation, 'x-answer-items'))
  const responses = record(operation.responses) ?? {}
  const success = record(responses['200'])
  if (success !== undefined && (whole !== undefined || items !== undefined)) {
    const page = {
      items: { type: 'array', items },
      total: { type: 'integer' },
      next: { type: ['string', 'null'] },
    }
    responses['200'] = { ...success, content: json(whole ?? object(page, ['items', 'total', 'next'])) }
  }
  responses.default = problemAnswer
  operation.responses = responses
}

/** Puts the OCPI schemas and the problem answer into every operation of a generated OpenAPI document. */
export const completeDocument = (generated: unknown): Record<string, unknown> => {
  const schemas = collectDocumentSchemas(DOCUMENTS)
  const lookUp: Lookup = (name) => (name === undefined ? undefined : schemas.references.get(name))
  const openapi = record(generated) ?? {}
  const paths = Object.entries(record(openapi.paths) ?? {}).map(([path, item]) => {
    const operations = Object.entries(record(item) ?? {}).map(([method, value]) => {
      const operation = record(value) ?? {}
      if (operation.security === undefined) operation['x-required-role'] = roleOf(method, path)
      describeBody(operation, lookUp)
      describeAnswer(operation, lookUp)
      return [method, operation] as const
    })
    return [path, Object.fromEntries(operations)] as const
  })
  const components = record(openapi.components) ?? {}
  return {
    ...openapi,
    paths: Object.fromEntries(paths),
    components: {
      ...components,
      schemas: { ...schemas.components, Problem: problemSchema, Finding: findingSchema },
    },
  }
}

const DOCUMENTS: Parameters<typeof collectDocumentSchemas>[0] = [
  'location',
  'evse',
  'connector',
  'tariff',
  'token',
  'session',
  'cdr',
  'charging_preferences',
  'charging_profile',
  'active_charging_profile',
  'client_info',
]

/** Collects the routes of the scope into one OpenAPI 3.1 document; register before any route. */
export const describeApi = async (
  scope: FastifyInstance,
  options: { readonly publicUrl: string; readonly version: string },
): Promise<void> => {
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Interwatt operator API',
        version: options.version,
        description:
          'What a charging back end and an operator do with a node. Documents are canonical OCPI unless `version` names another.',
      },
      // NOTE: the reference page may only talk to the node it came from, whatever name that has in the browser.
      servers: [{ url: '/' }, { url: options.publicUrl }],
      tags: [...TAGS],
      components: { securitySchemes: { operatorKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ operatorKey: [] }],
    },
  })
}

/** The OpenAPI document as text, made once and kept. */
export const openApiText = (scope: FastifyInstance): (() => string) => {
  let text: string | undefined
  return () => {
    text ??= JSON.stringify(completeDocument(scope.swagger()))
    return text
  }
}
