import type { PushModule } from './audience.rules.js'
import type { PushRun } from './push-run.js'

/** Writes a module's cursor while the next batch is on its way; only one write at a time, the newest position last. */
export class CursorMover {
  private wanted: number
  private written: number
  private writing: Promise<void> | undefined
  private failure: unknown
  /** True when somebody else moved the cursor, as a resync does. */
  isLost = false

  constructor(
    private readonly run: PushRun,
    private readonly module: PushModule,
    from: number,
  ) {
    this.wanted = from
    this.written = from
  }

  move(seq: number): void {
    if (seq <= this.wanted) return
    this.wanted = seq
    this.writing ??= this.write()
  }

  /** Waits until the last position is stored; false when the cursor was lost. Throws what writing threw. */
  async finish(): Promise<boolean> {
    await this.writing
    if (this.failure !== undefined) throw this.failure
    return !this.isLost
  }

  private async write(): Promise<void> {
    const { deps, partner } = this.run
    try {
      while (this.written < this.wanted && !this.isLost) {
        const seq = this.wanted
        this.isLost = !(await deps.sync.moveCursor(partner.id, this.module, seq, this.written))
        this.written = seq
      }
    } catch (error) {
      this.failure = error
      this.isLost = true
    }
    this.writing = undefined
  }
}
