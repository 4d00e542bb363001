import type { Catalogue } from '../catalogue.js'

/** Stations: map, list, filters, prices, a station. */
export const stations: Catalogue['stations'] = {
  title: 'Stationen',
  scan_title: 'Code scannen',
}
