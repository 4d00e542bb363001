import type { Queryable } from '../database/index.js'
import type { MapPoint, MapPointStore } from '../ports/index.js'
import { selectChangedMapPoints, selectMapPoints } from '../sql/objects/select-map-points.js'

type PointRow = MapPoint & { readonly seq: number }

const pointOf = ({ seq: _position, ...point }: PointRow): MapPoint => point

/** Points for a map from PostgreSQL. */
export const createMapPointStore = (database: Queryable): MapPointStore => ({
  async page(after, limit) {
    const { rows } = await database.query<PointRow>(selectMapPoints, [after, limit])
    return { points: rows.map(pointOf), next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) }
  },
  async changed(afterSeq, limit) {
    const { rows } = await database.query<PointRow>(selectChangedMapPoints, [afterSeq, limit + 1])
    return rows.length > limit ? undefined : rows.map(pointOf)
  },
})
