import type { DriverChargeStore } from '@interwatt/store'
import { planAdoption } from './plan-adoption.js'

/** Links sessions and CDRs that came to the starts of a driver, and takes in those that began without the app. Safe to do again. */
export const adoptFor = async (
  charges: Pick<DriverChargeStore, 'unknown' | 'waiting' | 'change' | 'adopt'>,
  driverId: string,
): Promise<void> => {
  const objects = await charges.unknown(driverId)
  if (objects.length === 0) return
  const plan = planAdoption(driverId, objects, await charges.waiting(driverId))
  for (const { chargeId, sessionKey, sharesClock } of plan.links)
    await charges.change(chargeId, { sessionKey, sharesClock, isOpen: true })
  await charges.adopt(plan.adopted)
}
