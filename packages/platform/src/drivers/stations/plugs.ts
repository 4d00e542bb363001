import type { Document, VehicleFigures } from '@interwatt/store'
import { plugStandards } from '../vehicles/plugs.js'

/** Whether a car can be plugged in at a connector, by the standards that its plugs are. */
export const fitsVehicle = ({ plugs }: Pick<VehicleFigures, 'plugs'>, { standard }: Document): boolean =>
  plugs.some((plug) => plugStandards[plug].some((known) => known === standard))
