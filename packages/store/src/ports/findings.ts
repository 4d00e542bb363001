import type { Finding } from '@interwatt/protocol'

/** One kind of deviation of a partner, however often it occurred. */
export interface PartnerFinding extends Omit<Finding, 'example'> {
  readonly partnerId: string
  /** Where it occurred: an operation of ours, or `pull.<module>`. */
  readonly operation: string
  /** The latest value it was about, as JSON text; null where none is kept. */
  readonly example: string | null
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
}

/** Storage of the deviations of partners, counted by kind. */
export interface FindingStore {
  /** Adds occurrences; `pointer` holds `*` for list positions, so that alike deviations meet in one row. */
  add(findings: readonly PartnerFinding[]): Promise<void>
  /** Deviations of a partner, the latest first. */
  list(partnerId: string, limit: number): Promise<readonly PartnerFinding[]>
}
