/** Tells any number of waiting lanes that something changed; what changed while a lane was busy is not lost. */
export class Changes {
  private count = 0
  private waiters: (() => void)[] = []

  get version(): number {
    return this.count
  }

  notify(): void {
    this.count += 1
    const waiting = this.waiters
    this.waiters = []
    for (const resolve of waiting) resolve()
  }

  /** Resolves once there were changes after this version. */
  async after(version: number): Promise<void> {
    if (this.count === version) await new Promise<void>((resolve) => this.waiters.push(resolve))
  }
}
