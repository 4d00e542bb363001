import type { Catalogue } from '../catalogue.js'

/** Stations: map, list, filters, prices, a station. */
export const stations: Catalogue['stations'] = {
  title: 'Bornes',
  scan_title: 'Scanner un code',
}
