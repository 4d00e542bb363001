import type { Catalogue } from '../catalogue.js'

/** Vehicles of the driver. */
export const vehicles: Catalogue['vehicles'] = {
  title: 'Fahrzeuge',
}
