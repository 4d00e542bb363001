import type { DriverChargeStore, DriverStore, EventStore } from '@interwatt/store'
import type { CommandService, ObjectService } from '../../services.js'
import type { GatherDeps } from './gather.js'

/** What charging works with. */
export interface ChargeDeps extends GatherDeps {
  readonly charges: DriverChargeStore
  readonly drivers: Pick<DriverStore, 'tokens' | 'vehicles'>
  readonly events: Pick<EventStore, 'append'>
  readonly send: CommandService['send']
  readonly setChargingPreferences: ObjectService['setChargingPreferences']
  logError(error: unknown): void
}
