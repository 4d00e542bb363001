export { type ClientRole, connectedRoles, readHubClients } from './hub-clients.js'
export { defaultLimits } from './limits.js'
export type {
  LogLevel,
  PulledItem,
  PulledName,
  Sync,
  SyncDeps,
  SyncLimits,
  SyncStatus,
} from './ports.js'
export type { ReturnedParty } from './pull/pull-again.rules.js'
export { defaultSchedule, type PullSchedule } from './pull/schedule.rules.js'
export {
  type Audience,
  type PushModule,
  pushModules,
  type Reach,
  reachOf,
} from './push/audience.rules.js'
export { type BackoffLimits, defaultBackoff } from './push/retry.rules.js'
export { isWithheldText } from './push/withheld.rules.js'
export { createSync } from './sync.js'
