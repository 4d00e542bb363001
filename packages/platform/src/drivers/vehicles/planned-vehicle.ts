import type { PlannedConnector, PlannedVehicle } from '@interwatt/pricing'
import type { VehicleFigures } from '@interwatt/store'

/** A car as quotes take it. Figures were checked when they were stored, so a plan with them is not impossible. */
export const plannedVehicle = ({ batteryKwh, maxAcKw, maxDcKw, curve }: VehicleFigures): PlannedVehicle => ({
  batteryKwh: Number(batteryKwh),
  ...(maxAcKw === null ? {} : { maxAcKw: Number(maxAcKw) }),
  ...(maxDcKw === null ? {} : { maxDcKw: Number(maxDcKw) }),
  ...(curve.length === 0 ? {} : { curve: curve.map(({ percent, kw }) => ({ percent, kw: Number(kw) })) }),
})

const PHASES: Readonly<Record<PlannedConnector['powerType'], number | undefined>> = {
  AC_1_PHASE: 1,
  AC_2_PHASE: 2,
  AC_2_PHASE_SPLIT: 2,
  AC_3_PHASE: 3,
  DC: undefined,
}

/** The same at one connector: a car that uses fewer phases than there are gets its share of the power only. */
export const plannedVehicleAt = (
  vehicle: VehicleFigures,
  { powerType, maxPowerKw }: Pick<PlannedConnector, 'powerType' | 'maxPowerKw'>,
): PlannedVehicle => {
  const planned = plannedVehicle(vehicle)
  const phases = PHASES[powerType]
  if (phases === undefined || vehicle.acPhases >= phases) return planned
  const share = (maxPowerKw * vehicle.acPhases) / phases
  return { ...planned, maxAcKw: Math.min(planned.maxAcKw ?? share, share) }
}
