import { flag, listOf, number, optional, type Read, shape, text } from './reading.js'
import { address, ask, type Query } from './request.js'

const point = shape({
  country_code: text,
  party_id: text,
  id: text,
  name: text,
  latitude: text,
  longitude: text,
  evses: number,
  free: number,
  taken: number,
  broken: number,
  deleted: flag,
})
/** A location as the map draws it. */
export type MapPoint = Read<typeof point>

const answer = shape({ seq: number, items: listOf(point), next: optional(number), complete: flag })

const getPoints = (query: Query, signal: AbortSignal): Promise<Read<typeof answer>> =>
  ask(address(['locations', 'points'], query), answer, { signal })

/** All locations by key, as of a position of the node. */
export interface MapState {
  readonly seq: number
  readonly points: ReadonlyMap<string, MapPoint>
}

const keyOf = ({ country_code, party_id, id }: MapPoint): string =>
  `${country_code}/${party_id}/${id}`.toUpperCase()

/** The state with what changed written over it. */
export const mergePoints = (state: MapState, changes: readonly MapPoint[], seq: number): MapState => {
  if (changes.length === 0) return { ...state, seq }
  const points = new Map(state.points)
  for (const change of changes) {
    if (change.deleted) points.delete(keyOf(change))
    else points.set(keyOf(change), change)
  }
  return { seq, points }
}

const fetchAll = async (signal: AbortSignal): Promise<MapState> => {
  const first = await getPoints({}, signal)
  let state = mergePoints({ seq: 0, points: new Map() }, first.items, first.seq)
  for (let { next } = first; next !== null; ) {
    const page = await getPoints({ after: next }, signal)
    state = mergePoints(state, page.items, first.seq)
    next = page.next
  }
  return state
}

/** All points at first; afterwards what changed since, unless that is too much. */
export const fetchMapState = async (known: MapState | undefined, signal: AbortSignal): Promise<MapState> => {
  if (known === undefined) return fetchAll(signal)
  const { complete, items, seq } = await getPoints({ changed_after: known.seq }, signal)
  return complete ? mergePoints(known, items, seq) : fetchAll(signal)
}
