import type { Feature, FeatureCollection, Point } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map as LibraryMap, StyleSpecification } from 'maplibre-gl'
import type { MapAnswer, MapCluster, MapPoint } from '../../api/map.js'
import { pageOf } from '../objects/object-link.js'
import type { Scheme } from './ground-style.js'

const SOURCE = 'interwatt-stations'
/** Layers that are clicked. */
export const CLUSTERS = 'interwatt-clusters'
export const STATIONS = 'interwatt-single'

const COLOURS = {
  light: { ring: '#ffffff', cluster: '#364fc7', count: '#ffffff' },
  dark: { ring: '#14181f', cluster: '#748ffc', count: '#14181f' },
} as const

const STATES = {
  light: { free: '#2b8a3e', taken: '#1864ab', broken: '#c92a2a', unknown: '#868e96' },
  dark: { free: '#51cf66', taken: '#4dabf7', broken: '#ff8787', unknown: '#909296' },
} as const

/** The state of a location by its EVSEs: one that is free counts before all others. */
const stateOf = ({ free, taken, broken }: MapPoint): keyof (typeof STATES)['light'] => {
  if (free > 0) return 'free'
  if (taken > 0) return 'taken'
  return broken > 0 ? 'broken' : 'unknown'
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

const clusterFeature = ({ lon, lat, stations, evses, free, expand_zoom }: MapCluster): Feature<Point> => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties: {
    stations,
    count: short.format(stations),
    tip: `${stations.toLocaleString()} locations: ${free.toLocaleString()} of ${evses.toLocaleString()} free`,
    zoom: expand_zoom,
  },
})

const stationFeature = (point: MapPoint): Feature<Point> => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
  properties: {
    href: pageOf('locations', { ...point }),
    tip: `${point.name}: ${point.free} of ${point.evses} free${point.max_kw === null ? '' : `, up to ${point.max_kw} kW`}`,
    state: stateOf(point),
  },
})

/** Features of an answer. */
const featuresOf = ({ clusters, stations }: MapAnswer): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: [...clusters.map(clusterFeature), ...stations.map(stationFeature)],
})

/** The fonts that the texts of a style are written in: another stack may not be there. */
const fontOf = ({ layers }: StyleSpecification): Record<string, string[]> => {
  for (const layer of layers) {
    const font: unknown = layer.type === 'symbol' ? layer.layout?.['text-font'] : undefined
    if (Array.isArray(font) && font.every((name): name is string => typeof name === 'string'))
      return { 'text-font': font }
  }
  return {}
}

const layersOf = (scheme: Scheme, style: StyleSpecification): readonly LayerSpecification[] => {
  const [colours, states] = [COLOURS[scheme], STATES[scheme]]
  const isCluster: ['has', string] = ['has', 'stations']
  return [
    {
      id: CLUSTERS,
      type: 'circle',
      source: SOURCE,
      filter: isCluster,
      paint: {
        'circle-color': colours.cluster,
        'circle-radius': ['step', ['get', 'stations'], 14, 20, 18, 100, 21, 1000, 25],
        'circle-stroke-width': 2,
        'circle-stroke-color': colours.ring,
      },
    },
    {
      id: 'interwatt-counts',
      type: 'symbol',
      source: SOURCE,
      filter: isCluster,
      layout: {
        'text-field': ['get', 'count'],
        'text-size': 12,
        'text-allow-overlap': true,
        ...fontOf(style),
      },
      paint: { 'text-color': colours.count },
    },
    {
      id: STATIONS,
      type: 'circle',
      source: SOURCE,
      filter: ['!', isCluster],
      paint: {
        'circle-radius': 7,
        'circle-color': [
          'match',
          ['get', 'state'],
          'free',
          states.free,
          'taken',
          states.taken,
          'broken',
          states.broken,
          states.unknown,
        ],
        'circle-stroke-width': 2,
        'circle-stroke-color': colours.ring,
      },
    },
  ]
}

const NOTHING: FeatureCollection<Point> = { type: 'FeatureCollection', features: [] }

/** A style with stations on top of it; there are none yet. */
export const withStations = (scheme: Scheme, style: StyleSpecification): StyleSpecification => ({
  ...style,
  sources: { ...style.sources, [SOURCE]: { type: 'geojson', data: NOTHING } },
  layers: [...style.layers, ...layersOf(scheme, style)],
})

/** Draws the stations of an answer; resolves when they can be seen. */
export const drawStations = async (map: LibraryMap, answer: MapAnswer): Promise<void> => {
  await map.getSource<GeoJSONSource>(SOURCE)?.setData(featuresOf(answer))
  await map.once('render')
}
