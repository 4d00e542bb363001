import { canonicalVersion, type VersionId } from '@interwatt/protocol'
import type { ObjectKey } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { ObjectService, ShownAs } from '../../services.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { found, ProblemError, problem, unwrap } from '../problem.js'
import type { Resource } from '../resources.js'
import { anyVersion, document, line, object, objectParams, tokenType, version } from '../wire-schemas.js'
import { sendDocument, sendWithLosses, sendWritten, shownDocument, withId } from './object-answer.js'

interface OneObject {
  Params: ObjectAddress
  Querystring: { version?: VersionId; partner?: string; losses?: boolean; type?: string }
  Body: unknown
}

const written = object(
  {
    created: { type: 'boolean' },
    last_updated: { type: 'string' },
    changed_seq: { type: 'integer' },
    deleted_at: { type: 'string' },
    findings: {
      type: 'array',
      items: {},
      description: 'What it breaks together with other objects; it was stored all the same',
    },
  },
  ['created', 'last_updated', 'changed_seq'],
)

const asPartner = line(100, 'Id of a partner: the object as it is sent there, in its version')
const withLosses = {
  type: 'boolean',
  description: 'true: answers `{version, document, withheld, losses}`, also when the object is withheld',
} as const

const shownAs = ({ version: asked, partner }: OneObject['Querystring']): ShownAs => {
  if (partner === undefined) return { version: asked ?? canonicalVersion.id }
  if (asked !== undefined)
    throw new ProblemError(problem(400, 'partner and version exclude each other: a partner has its version.'))
  return { partnerId: partner }
}

const REMOVAL: Readonly<Record<Resource['kind'], string>> = {
  location: 'Withdraw a location: its EVSEs become REMOVED',
  tariff: 'Delete a tariff',
  token: 'Withdraw a token: it becomes invalid',
  session: 'Refused: a session stays',
  cdr: 'Refused: a CDR stays; send a credit CDR',
  terminal: 'Delete an own terminal; its CPO notices when it reads the list',
  financial_advice_confirmation: 'Refused: a confirmation stays',
  invoice_reconciliation_record: 'Delete a record that itself was an error; the recipient is told',
  booking_location: 'Withdraw a booking location: nothing can be booked there any more',
  booking: 'Refused: a booking stays; cancel it',
}

/** PUT, PATCH, GET and DELETE of one object of a collection. */
export const objectRoutes = (scope: FastifyInstance, resource: Resource, objects: ObjectService): void => {
  const address = `/${resource.path}/:country_code/:party_id/:${resource.idName}`
  const typed = resource.typed ? { type: tokenType } : {}
  const schema = (verb: string, summary: string, extra: Readonly<Record<string, unknown>>) => ({
    schema: {
      operationId: `${verb}${resource.singular}`,
      tags: [resource.tag],
      summary,
      params: objectParams(resource.idName),
      querystring: object({ version, ...typed }),
      ...extra,
    },
  })
  const keyOf = (request: { params: ObjectAddress; query: { type?: string } }): ObjectKey =>
    objectKeyOf(resource.kind, request.params, request.query.type)
  const write = { body: document, 'x-body': resource.document, response: { 200: written, 201: written } }
  scope.put<OneObject>(
    address,
    schema('put', 'Create or replace an own object', write),
    async (request, reply) => {
      const { params, query } = request
      const body = withId(request.body, resource.idName, params[resource.idName])
      return sendWritten(
        reply,
        unwrap(await objects.put(keyOf(request), body, query.version ?? canonicalVersion.id)),
      )
    },
  )
  scope.patch<OneObject>(
    address,
    schema('patch', 'Change fields of an own object', { body: document, response: { 200: written } }),
    async (request, reply) => {
      const { body, query } = request
      return sendWritten(
        reply,
        unwrap(await objects.patch(keyOf(request), body, query.version ?? canonicalVersion.id)),
      )
    },
  )
  scope.get<OneObject>(
    address,
    schema('get', 'One object, own or received; its facts are in X-Interwatt headers', {
      querystring: object({ version: anyVersion, partner: asPartner, losses: withLosses, ...typed }),
      'x-answer': resource.document,
    }),
    async (request, reply) => {
      const shown = unwrap(found(await objects.get(keyOf(request), shownAs(request.query)), 'The object'))
      return request.query.losses === true
        ? sendWithLosses(reply, shown)
        : sendDocument(reply, shown, shownDocument(shown))
    },
  )
  scope.delete<OneObject>(
    address,
    schema('delete', REMOVAL[resource.kind], { response: { 200: written } }),
    async (request, reply) => sendWritten(reply, unwrap(await objects.remove(keyOf(request)))),
  )
}
