import type { ObjectKey, ObjectStore, StatusHistory, StoredObject, SyncStore } from '@interwatt/store'
import { problem, type Result } from '../result.js'
import { type EvseNow, type StatusBar, statusBars } from './status-bars.rules.js'

/** The statuses of a location's EVSEs over a time. */
export interface LocationStatuses {
  readonly from: string
  readonly to: string
  /** Days that statuses are kept. */
  readonly keptDays: number
  /** False when there were more changes than are shown: then the oldest are left out. */
  readonly complete: boolean
  readonly evses: readonly StatusBar[]
}

/** Statuses that EVSEs had. */
export interface StatusService {
  /** Of all EVSEs of a location in the last days; refused when the location is not known. */
  ofLocation(location: ObjectKey, days: number): Promise<Result<LocationStatuses>>
}

/** Where statuses are read. */
export interface StatusServiceDeps {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly sync: Pick<SyncStore, 'evsesOf'>
  readonly statuses: StatusHistory
  readonly keptDays: number
  now(): number
}

const DAY_MS = 86_400_000
/** Changes of one location that are read at most. */
const MOST_CHANGES = 20_000

const textOr = <T>(value: unknown, fallback: T): string | T => (typeof value === 'string' ? value : fallback)

const evseNow = ({ key, document, lastUpdated }: StoredObject): EvseNow => ({
  key: key.id,
  uid: textOr(document.uid, key.id),
  evseId: textOr(document.evse_id, null),
  status: textOr(document.status, 'UNKNOWN'),
  lastUpdated,
})

/** Reads statuses as they were known here. */
export const createStatusService = ({
  objects,
  sync,
  statuses,
  keptDays,
  now,
}: StatusServiceDeps): StatusService => ({
  async ofLocation(location, days) {
    const found = await objects.get(location)
    if (found === undefined) return problem(404, 'No such location', 'There is no location of this id here.')
    const [from, to] = [new Date(now() - days * DAY_MS).toISOString(), new Date(now()).toISOString()]
    const [evses, changes] = await Promise.all([
      sync.evsesOf([location]),
      statuses.of(location, { from, limit: MOST_CHANGES }),
    ])
    const living = evses.filter(({ deletedAt }) => deletedAt === null).map(evseNow)
    const complete = changes.length < MOST_CHANGES
    return {
      kind: 'done',
      value: { from, to, keptDays, complete, evses: statusBars(living, changes, { from, to }) },
    }
  },
})
