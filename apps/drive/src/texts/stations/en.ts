/** Stations: map, list, filters, prices, a station. */
export const stations = {
  title: 'Stations',
  scan_title: 'Scan a code',
} as const
