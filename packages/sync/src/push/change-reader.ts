import type { ObjectKind } from '@interwatt/protocol'
import {
  keyText,
  type ObjectKey,
  type ObjectStore,
  type StoredObject,
  type SyncStore,
} from '@interwatt/store'

/** Own rows above a cursor, oldest change first. */
export interface ChangeBatch {
  readonly rows: readonly StoredObject[]
  /**
   * True when these rows were all there were, with no committed change above them, not even one that `changes`
   * still holds back. Whoever has handled them holds every state up to the last one.
   */
  readonly settled: boolean
}

const keptBatches = 64
const keptLocations = 10_000

/**
 * Reads changes, and the locations of changed EVSEs, once for all partners that stand at the same place: fan-out costs
 * one query, not one per partner.
 */
export class ChangeReader {
  private readonly batches = new Map<string, Promise<ChangeBatch>>()
  private locations = new Map<string, StoredObject>()

  constructor(
    private readonly objects: Pick<ObjectStore, 'changes' | 'getMany'>,
    private readonly sync: Pick<SyncStore, 'countChanges'>,
  ) {}

  /** Forgets what was read: something changed. */
  invalidate(): void {
    this.batches.clear()
    // NOTE: a new one, so that what is being read just now does not get into it.
    this.locations = new Map()
  }

  /** Location rows by key text; those that are not there are left out. */
  async locationsOf(keys: ReadonlyMap<string, ObjectKey>): Promise<ReadonlyMap<string, StoredObject>> {
    if (this.locations.size >= keptLocations) this.locations = new Map()
    const { locations } = this
    const unknown = [...keys].filter(([text]) => !locations.has(text)).map(([, key]) => key)
    const found = unknown.length === 0 ? [] : await this.objects.getMany(unknown)
    for (const row of found) if (row !== undefined) locations.set(keyText(row.key), row)
    return locations
  }

  read(kinds: readonly ObjectKind[], after: number, limit: number): Promise<ChangeBatch> {
    const key = `${kinds.join()}|${after}|${limit}`
    const known = this.batches.get(key)
    if (known !== undefined) return known
    if (this.batches.size >= keptBatches) this.batches.clear()
    const batch = this.load(kinds, after, limit)
    this.batches.set(key, batch)
    batch.catch(() => this.batches.delete(key))
    return batch
  }

  private async load(kinds: readonly ObjectKind[], after: number, limit: number): Promise<ChangeBatch> {
    const rows = await this.objects.changes({ after, kinds, limit, receivedFrom: null })
    if (rows.length >= limit) return { rows, settled: false }
    const last = rows[rows.length - 1]?.changedSeq ?? after
    // NOTE: asked after the rows were read; the other way round a change between the two would go unnoticed.
    const above = await this.sync.countChanges({ after: last, kinds, limit: 1 })
    return { rows, settled: above === 0 }
  }
}
