import type { MapPoint, MapPointStore, ObjectStore } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { object } from '../wire-schemas.js'

/** Points of one answer when a map is drawn at first, and the most changes of one answer. */
const PAGE = 10_000
const MOST_CHANGES = 5_000

/** What points for a map are read from. */
export interface MapPointDeps {
  readonly points: MapPointStore
  readonly objects: Pick<ObjectStore, 'currentSeq'>
}

const position = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const
const whole = { type: 'integer' } as const
const text = { type: 'string' } as const

const point = object({
  country_code: text,
  party_id: text,
  id: text,
  name: text,
  latitude: text,
  longitude: text,
  evses: whole,
  free: whole,
  taken: whole,
  broken: whole,
  deleted: { type: 'boolean' },
})

const answer = object({
  seq: { ...whole, description: 'Ask with it as `changed_after` for what changes from now on' },
  items: { type: 'array', items: point },
  next: { type: ['integer', 'null'], description: 'Position of the next page' },
  complete: { type: 'boolean', description: 'false: too much changed; read the pages again' },
})

/** Locations as a map draws them: all, page by page, or what changed. */
export const mapPointRoutes = (scope: FastifyInstance, { points, objects }: MapPointDeps): void => {
  scope.get<{ Querystring: { after?: number; changed_after?: number } }>(
    '/locations/points',
    {
      schema: {
        operationId: 'listMapPoints',
        tags: ['Locations'],
        summary:
          'Place, and counts of EVSEs by status, of all locations; or of those that changed after a position',
        querystring: object({
          after: { ...position, description: '`next` of the page before' },
          changed_after: { ...position, description: '`seq` of an earlier answer' },
        }),
        response: { 200: answer },
      },
    },
    async ({ query }) => {
      // NOTE: the position is read first; what commits in between comes twice rather than never.
      const seq = await objects.currentSeq()
      if (query.changed_after !== undefined) {
        const changed = await points.changed(query.changed_after, MOST_CHANGES)
        const items: readonly MapPoint[] = changed ?? []
        return { seq, items, next: null, complete: changed !== undefined }
      }
      const page = await points.page(query.after ?? 0, PAGE)
      return { seq, items: page.points, next: page.next, complete: true }
    },
  )
}
