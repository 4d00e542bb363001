import type { Driver, DriverStore, StoredVehicle, VehicleDescription } from '@interwatt/store'

/** A car of a driver. */
export interface Vehicle extends VehicleDescription {
  readonly id: string
}

/** What finding cars works with. */
export interface VehicleDeps {
  readonly drivers: Pick<DriverStore, 'vehicles'>
}

const flat = ({ id, vehicle }: StoredVehicle): Vehicle => ({ ...vehicle, id })

/** Cars of a driver, the oldest first. */
export const vehiclesOf = async (
  { drivers }: VehicleDeps,
  driver: Pick<Driver, 'id'>,
): Promise<readonly Vehicle[]> => (await drivers.vehicles(driver.id)).map(flat)

/** The car of a driver with an id, or the one they use by default when no id is given; undefined when it is not theirs or there is none. */
export const vehicleOf = async (
  deps: VehicleDeps,
  driver: Pick<Driver, 'id' | 'defaultVehicleId'>,
  vehicleId: string | null = driver.defaultVehicleId,
): Promise<Vehicle | undefined> =>
  vehicleId === null ? undefined : (await vehiclesOf(deps, driver)).find(({ id }) => id === vehicleId)
