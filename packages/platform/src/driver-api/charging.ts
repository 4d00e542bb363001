import { type ChargeService, createChargeService } from '../drivers/charges/charge-service.js'
import { createReceiptService, type ReceiptService } from '../drivers/receipts/receipt-service.js'
import {
  createReservationService,
  type ReservationService,
} from '../drivers/reservations/reservation-service.js'
import type { DriverApiDeps } from './deps.js'

/** What drivers do with charges. */
export interface Charging {
  readonly charges: ChargeService
  readonly reservations: ReservationService
  readonly receipts: ReceiptService
}

/** The services of charging over those of a node. */
export const createCharging = ({ core, services }: DriverApiDeps): Charging => {
  const { stores, now, logError } = core
  const deps = {
    charges: stores.driverCharges,
    drivers: stores.drivers,
    commands: stores.commands,
    objects: stores.objects,
    lookup: stores.lookup,
    events: stores.events,
    prices: services.prices,
    offers: services.prices,
    conversation: services.conversation,
    send: services.commands.send,
    setChargingPreferences: services.objects.setChargingPreferences,
    now,
    logError,
  }
  const charges = createChargeService(deps)
  return {
    charges,
    reservations: createReservationService(deps),
    receipts: createReceiptService({
      charges,
      store: stores.driverCharges,
      cdrChecks: services.cdrChecks,
      objects: stores.objects,
    }),
  }
}
