import {
  canonicalVersion,
  type Finding,
  type PartyId,
  partyLabel,
  partyOf,
  type VersionId,
} from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import type { ObjectService } from '../../services.js'
import type { Resource } from '../resources.js'
import { object, version } from '../wire-schemas.js'

/** Most objects of one bulk request. */
const MAX_ITEMS = 10_000
const BODY_LIMIT_BYTES = 64 * 1024 * 1024

interface Bulk {
  Querystring: { version?: VersionId }
  Body: unknown[]
}

interface Group {
  readonly party: PartyId
  /** Position of each body in the request. */
  readonly positions: number[]
  readonly bodies: unknown[]
}

interface RefusedItem {
  readonly index: number
  readonly findings: readonly Finding[]
}

const COUNTRY = /^[A-Za-z]{2}$/
const PARTY = /^[A-Za-z0-9]{3}$/

const ownerOf = (body: unknown): PartyId | Finding => {
  const fault = (pointer: string, code: Finding['code'], message: string): Finding => ({
    pointer,
    code,
    message,
    rule: 'openapi:bulk',
    severity: 'error',
  })
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return fault('', 'not_an_object', 'An item is a JSON object.')
  }
  const country = 'country_code' in body ? body.country_code : undefined
  const party = 'party_id' in body ? body.party_id : undefined
  if (typeof country !== 'string' || !COUNTRY.test(country)) {
    return fault('/country_code', 'missing', 'country_code is two letters.')
  }
  if (typeof party !== 'string' || !PARTY.test(party)) {
    return fault('/party_id', 'missing', 'party_id is three letters or digits.')
  }
  return partyOf(country, party)
}

const groupByOwner = (bodies: readonly unknown[]): { groups: readonly Group[]; refused: RefusedItem[] } => {
  const groups = new Map<string, Group>()
  const refused: RefusedItem[] = []
  for (const [index, body] of bodies.entries()) {
    const owner = ownerOf(body)
    if ('code' in owner) {
      refused.push({ index, findings: [owner] })
      continue
    }
    const label = partyLabel(owner)
    const group = groups.get(label) ?? { party: owner, positions: [], bodies: [] }
    groups.set(label, group)
    group.positions.push(index)
    group.bodies.push(body)
  }
  return { groups: [...groups.values()], refused }
}

const storeAll = async (
  objects: ObjectService,
  kind: Resource['kind'],
  bodies: unknown[],
  target: VersionId,
) => {
  const { groups, refused } = groupByOwner(bodies)
  const sum = { created: 0, updated: 0, unchanged: 0 }
  for (const group of groups) {
    const outcome = await objects.putMany(kind, group.party, group.bodies, target)
    sum.created += outcome.created
    sum.updated += outcome.updated
    sum.unchanged += outcome.unchanged
    for (const { index, findings } of outcome.refused) {
      refused.push({ index: group.positions[index] ?? index, findings })
    }
  }
  return { ...sum, refused: refused.sort((a, b) => a.index - b.index) }
}

/** Many own objects at once, as an import does; each item stands for itself. */
export const objectBulkRoutes = (
  scope: FastifyInstance,
  resource: Resource,
  objects: ObjectService,
): void => {
  scope.post<Bulk>(
    `/${resource.path}/bulk`,
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        operationId: `bulk${resource.tag}`,
        tags: [resource.tag],
        summary: 'Create or replace many own objects; refused ones are listed and do not stop the rest',
        querystring: object({ version }),
        body: { type: 'array', minItems: 1, maxItems: MAX_ITEMS },
        'x-body-items': resource.document,
      },
    },
    async ({ body, query }) => storeAll(objects, resource.kind, body, query.version ?? canonicalVersion.id),
  )
}
