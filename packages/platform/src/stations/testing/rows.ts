import type { EvseRow, StationRow } from '@interwatt/store'

/** An EVSE with one connector of 22 kW, free, that an app can start. */
export const evseRow = (change: Partial<EvseRow> = {}): EvseRow => ({
  status: 'AVAILABLE',
  updatedAtS: 1_767_225_600,
  connectors: [{ id: '1', standard: 'IEC_62196_T2', max_electric_power: 22_000, tariff_ids: ['AC'] }],
  capabilities: ['REMOTE_START_STOP_CAPABLE'],
  parkingRestrictions: null,
  ...change,
})

/** Connectors with one of CCS and this power. */
export const ccs = (watts: number) => [
  { id: '1', standard: 'IEC_62196_T2_COMBO', max_electric_power: watts, tariff_ids: ['DC'] },
]

/** A published location in the middle of Berlin with one EVSE. */
export const stationRow = (id: string, change: Partial<StationRow> = {}): StationRow => ({
  key: `DE/ABC/${id.toUpperCase()}`,
  countryCode: 'DE',
  partyId: 'ABC',
  id,
  name: `Station ${id}`,
  operator: 'Stromwerk Berlin',
  latitude: '52.52',
  longitude: '13.405',
  timeZone: 'Europe/Berlin',
  openingTimes: null,
  published: true,
  disabledParking: false,
  receivedFrom: null,
  deleted: false,
  evses: [evseRow()],
  ...change,
})
