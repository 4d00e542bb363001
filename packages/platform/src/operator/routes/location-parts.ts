import { canonicalVersion, foldCase, isJsonObject, type VersionId } from '@interwatt/protocol'
import type { Document } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { ObjectService, ShownObject } from '../../services.js'
import { type EvseAddress, evseKeyOf } from '../object-keys.js'
import { found, unwrap } from '../problem.js'
import { document, object, objectParams, version } from '../wire-schemas.js'
import { sendDocument, sendWritten, shownDocument, withId } from './object-answer.js'

interface OneEvse {
  Params: EvseAddress
  Querystring: { version?: VersionId }
  Body: unknown
}
interface OneConnector extends OneEvse {
  Params: EvseAddress & { connector_id: string }
}

const EVSE = '/locations/:country_code/:party_id/:id/evses/:uid'
const CONNECTOR = `${EVSE}/connectors/:connector_id`

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: {
    operationId,
    tags: ['Locations'],
    summary,
    params: objectParams('id', 'uid'),
    querystring: object({ version }),
    ...extra,
  },
})

const connectorOf = (evse: Document, id: string): Document | undefined => {
  const connectors: readonly unknown[] = Array.isArray(evse.connectors) ? evse.connectors : []
  return connectors
    .filter(isJsonObject)
    .find(({ id: own }) => typeof own === 'string' && foldCase(own) === foldCase(id))
}

type EvseIn = (params: EvseAddress, query: OneEvse['Querystring']) => Promise<ShownObject>

const evseRoutes = (scope: FastifyInstance, objects: ObjectService, evseIn: EvseIn): void => {
  scope.put<OneEvse>(
    EVSE,
    schema('putEvse', 'Create or replace an EVSE', { body: document, 'x-body': 'evse' }),
    async ({ params, query, body }, reply) =>
      sendWritten(
        reply,
        unwrap(
          await objects.put(
            evseKeyOf(params),
            withId(body, 'uid', params.uid),
            query.version ?? canonicalVersion.id,
          ),
        ),
      ),
  )
  scope.patch<OneEvse>(
    EVSE,
    schema('patchEvse', 'Change fields of an EVSE, such as its status', { body: document }),
    async ({ params, query, body }, reply) =>
      sendWritten(
        reply,
        unwrap(await objects.patch(evseKeyOf(params), body, query.version ?? canonicalVersion.id)),
      ),
  )
  scope.get<OneEvse>(
    EVSE,
    schema('getEvse', 'One EVSE', { 'x-answer': 'evse' }),
    async ({ params, query }, reply) => {
      const evse = await evseIn(params, query)
      return sendDocument(reply, evse, shownDocument(evse))
    },
  )
  scope.delete<OneEvse>(
    EVSE,
    schema('deleteEvse', 'Withdraw an EVSE: it becomes REMOVED'),
    async ({ params }, reply) => sendWritten(reply, unwrap(await objects.remove(evseKeyOf(params)))),
  )
}

const connectorRoutes = (scope: FastifyInstance, objects: ObjectService, evseIn: EvseIn): void => {
  const params = { params: objectParams('id', 'uid', 'connector_id') }
  scope.put<OneConnector>(
    CONNECTOR,
    schema('putConnector', 'Create or replace a connector', {
      ...params,
      body: document,
      'x-body': 'connector',
    }),
    async ({ params: address, query, body }, reply) => {
      const target = query.version ?? canonicalVersion.id
      const result = await objects.putConnector(evseKeyOf(address), address.connector_id, body, target)
      return sendWritten(reply, unwrap(result))
    },
  )
  scope.patch<OneConnector>(
    CONNECTOR,
    schema('patchConnector', 'Change fields of a connector', { ...params, body: document }),
    async ({ params: address, query, body }, reply) => {
      const target = query.version ?? canonicalVersion.id
      const result = await objects.patchConnector(evseKeyOf(address), address.connector_id, body, target)
      return sendWritten(reply, unwrap(result))
    },
  )
  scope.get<OneConnector>(
    CONNECTOR,
    schema('getConnector', 'One connector', { ...params, 'x-answer': 'connector' }),
    async ({ params: address, query }, reply) => {
      const evse = await evseIn(address, query)
      const connector = found(connectorOf(shownDocument(evse), address.connector_id), 'The connector')
      return sendDocument(reply, evse, connector)
    },
  )
}

/** EVSEs and connectors by themselves: what a charging back end changes all day. */
export const locationPartRoutes = (scope: FastifyInstance, objects: ObjectService): void => {
  const evseIn: EvseIn = async (params, { version: asked }) => {
    const known = await objects.get(evseKeyOf(params), { version: asked ?? canonicalVersion.id })
    return unwrap(found(known, 'The EVSE'))
  }
  evseRoutes(scope, objects, evseIn)
  connectorRoutes(scope, objects, evseIn)
}
