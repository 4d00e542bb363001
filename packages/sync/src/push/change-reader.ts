import type { ObjectKind } from '@interwatt/protocol'
import type { ObjectStore, StoredObject, SyncStore } from '@interwatt/store'

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

/** Reads changes once for all partners that stand at the same place: fan-out costs one query, not one per partner. */
export class ChangeReader {
  private readonly batches = new Map<string, Promise<ChangeBatch>>()

  constructor(
    private readonly objects: Pick<ObjectStore, 'changes'>,
    private readonly sync: Pick<SyncStore, 'countChanges'>,
  ) {}

  /** Forgets what was read: something changed. */
  invalidate(): void {
    this.batches.clear()
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
