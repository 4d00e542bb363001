import type { FeatureCollection } from 'geojson'
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlasUrl from 'world-atlas/countries-50m.json?url'
import type { AppFacts } from '../../api/app-facts.js'

/** Whether the page is dark. */
export type Scheme = 'light' | 'dark'
/** Where streets come from; null for the outlines of countries that come with the app. */
export type Streets = NonNullable<AppFacts['map']>['style']

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

const isAtlas = (value: unknown): value is Atlas =>
  typeof value === 'object' && value !== null && 'objects' in value && 'arcs' in value

const fetchAtlas = async () => {
  const topology: unknown = await (await fetch(atlasUrl)).json()
  if (!isAtlas(topology)) throw new Error('The base map cannot be read.')
  const { countries } = topology.objects
  const borders: FeatureCollection = {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: mesh(topology, countries, (a, b) => a !== b) }],
  }
  return { land: feature(topology, countries), borders }
}

let atlas: ReturnType<typeof fetchAtlas> | undefined

/** Outlines of all countries, fetched once; again after a failure. */
const outlines = (): ReturnType<typeof fetchAtlas> => {
  atlas ??= fetchAtlas().catch((error: unknown) => {
    atlas = undefined
    throw error
  })
  return atlas
}

const COLOURS = {
  light: {
    sea: '#dbe7ee',
    land: '#f4f6f1',
    border: '#b7c2bd',
    ring: '#ffffff',
    cluster: '#0b6b52',
    none: '#45614f',
  },
  dark: {
    sea: '#0c1417',
    land: '#1b2622',
    border: '#3d4b46',
    ring: '#0d1412',
    cluster: '#4fd3a7',
    none: '#8fa89c',
  },
} as const

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }

const stationSources: Readonly<Record<string, SourceSpecification>> = {
  clusters: { type: 'geojson', data: EMPTY },
  stations: { type: 'geojson', data: EMPTY },
  here: { type: 'geojson', data: EMPTY },
}

const stationLayers = (scheme: Scheme): LayerSpecification[] => {
  const colours = COLOURS[scheme]
  return [
    {
      id: 'clusters',
      type: 'circle',
      source: 'clusters',
      paint: {
        'circle-color': ['case', ['>', ['get', 'free'], 0], colours.cluster, colours.none],
        'circle-radius': ['step', ['get', 'stations'], 16, 20, 20, 100, 25, 1000, 31],
        'circle-stroke-width': 2.5,
        'circle-stroke-color': colours.ring,
      },
    },
    {
      id: 'counts',
      type: 'symbol',
      source: 'clusters',
      layout: { 'text-field': ['get', 'label'], 'text-size': 13, 'text-allow-overlap': true },
      paint: { 'text-color': scheme === 'light' ? '#ffffff' : '#05231a' },
    },
    {
      id: 'stations',
      type: 'symbol',
      source: 'stations',
      layout: { 'icon-image': ['get', 'look'], 'icon-allow-overlap': true, 'icon-padding': 0 },
    },
    {
      id: 'here',
      type: 'circle',
      source: 'here',
      paint: {
        'circle-color': '#1c6fd6',
        'circle-radius': 7,
        'circle-stroke-width': 3,
        'circle-stroke-color': '#ffffff',
      },
    },
  ]
}

const outlineStyle = async (scheme: Scheme): Promise<StyleSpecification> => {
  const { land, borders } = await outlines()
  const colours = COLOURS[scheme]
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: land },
      borders: { type: 'geojson', data: borders },
      ...stationSources,
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land } },
      {
        id: 'borders',
        type: 'line',
        source: 'borders',
        paint: { 'line-color': colours.border, 'line-width': 0.8 },
      },
      ...stationLayers(scheme),
    ],
  }
}

const rasterStyle = (url: string, scheme: Scheme): StyleSpecification => ({
  version: 8,
  sources: { streets: { type: 'raster', tiles: [url], tileSize: 256 }, ...stationSources },
  layers: [{ id: 'streets', type: 'raster', source: 'streets' }, ...stationLayers(scheme)],
})

const vectorStyle = async (url: string, scheme: Scheme): Promise<StyleSpecification> => {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error('The style of the map cannot be read.')
  const style: StyleSpecification = await answer.json()
  return {
    ...style,
    sources: { ...style.sources, ...stationSources },
    layers: [...style.layers, ...stationLayers(scheme)],
  }
}

/** The whole map: streets where the node names some, else outlines of countries; stations above. Falls back to outlines. */
export const styleFor = async (scheme: Scheme, streets: Streets): Promise<StyleSpecification> => {
  if (streets === null) return outlineStyle(scheme)
  if (streets.kind === 'raster') return rasterStyle(streets.url, scheme)
  try {
    return await vectorStyle(streets.url, scheme)
  } catch {
    return outlineStyle(scheme)
  }
}
