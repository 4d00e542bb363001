import type { SyncLimits } from './ports.js'
import { defaultSchedule } from './pull/schedule.rules.js'
import { defaultBackoff } from './push/retry.rules.js'

/** Bounds that suit a node on two cores. */
export const defaultLimits: SyncLimits = {
  maxPartners: 1_000,
  requestsPerPartner: 8,
  requestTimeoutMs: 30_000,
  pageTimeoutMs: 60_000,
  pageSize: 250,
  maxPages: 20_000,
  leaseMs: 30_000,
  shiftMs: 5 * 60_000,
  pollMs: 1_000,
  stopMs: 10_000,
  backoff: defaultBackoff,
  schedule: defaultSchedule,
  rememberedObjects: 5_000,
}
