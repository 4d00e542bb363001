import type { Document, Plug, VehicleFigures } from '@interwatt/store'
import { plugKindOf } from '../../stations/index.js'

/** Names of the plugs that cars have. */
export const plugs: readonly Plug[] = [
  ...(['type2', 'ccs', 'chademo', 'schuko', 'tesla'] as const),
  ...(['type1', 'ccs1', 'type3', 'cee'] as const),
]

/** Whether a car can be plugged in at a connector, by the standard that the connector is. */
export const fitsVehicle = (
  { plugs: own }: Pick<VehicleFigures, 'plugs'>,
  { standard }: Document,
): boolean => {
  // One car plug (CEE 7/7) fits the sockets of Germany (F) and of France (E).
  const kind = standard === 'DOMESTIC_E' ? 'schuko' : plugKindOf(standard)
  return own.some((plug) => plug === kind)
}
