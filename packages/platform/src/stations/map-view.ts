import type { StationMap } from './port.js'
import type { StationPoint } from './station-point.js'
import type { StationCluster } from './viewport.js'

/** Watts as kW in decimal text without zeros at its end: `11.5`; null for 0, which stands for not known. */
export const kilowattText = (watts: number): string | null => {
  if (watts <= 0) return null
  const fraction = String(watts % 1_000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${Math.floor(watts / 1_000)}${fraction === '' ? '' : `.${fraction}`}`
}

const secondsText = (seconds: number): string | null =>
  seconds === 0 ? null : new Date(seconds * 1_000).toISOString()

/** A station as APIs answer it. */
export const viewPoint = (point: StationPoint) => ({
  country_code: point.countryCode,
  party_id: point.partyId,
  id: point.id,
  name: point.name,
  operator: point.operator,
  lat: point.latitude,
  lon: point.longitude,
  evses: point.evses,
  free: point.free,
  taken: point.taken,
  broken: point.broken,
  max_kw: kilowattText(point.maxWatts),
  status_at: secondsText(point.statusAtS),
})

const viewCluster = (cluster: StationCluster) => ({
  lat: cluster.latitude,
  lon: cluster.longitude,
  stations: cluster.stations,
  evses: cluster.evses,
  free: cluster.free,
  expand_zoom: cluster.expandZoom,
})

/** What a map draws, as APIs answer it. */
export const viewMap = ({ clusters, stations, total, bounds, seq, complete }: StationMap) => ({
  seq,
  complete,
  total,
  bounds: bounds ?? null,
  clusters: clusters.map(viewCluster),
  stations: stations.map(viewPoint),
})
