import type { FeatureCollection } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlasUrl from 'world-atlas/countries-50m.json?url'

/** Colours of the page around the map. */
export type Scheme = 'light' | 'dark'

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

const isAtlas = (value: unknown): value is Atlas =>
  typeof value === 'object' && value !== null && 'objects' in value && 'arcs' in value

let atlas: Promise<{ land: FeatureCollection; borders: FeatureCollection }> | undefined

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

/** Outlines of all countries, fetched once. */
const outlines = () => {
  atlas ??= fetchAtlas()
  return atlas
}

const COLOURS = {
  light: { sea: '#dfe8f2', land: '#f7f7f4', border: '#b9bec6', ring: '#ffffff', cluster: '#364fc7' },
  dark: { sea: '#14181f', land: '#262a31', border: '#4a505a', ring: '#14181f', cluster: '#748ffc' },
} as const

const STATES = {
  light: { free: '#2b8a3e', taken: '#1864ab', broken: '#c92a2a', unknown: '#868e96' },
  dark: { free: '#51cf66', taken: '#4dabf7', broken: '#ff8787', unknown: '#909296' },
} as const

/** The whole map: outlines of countries, clusters with their number, single stations by their state. */
export const styleFor = async (scheme: Scheme, stations: FeatureCollection): Promise<StyleSpecification> => {
  const { land, borders } = await outlines()
  const [colours, states] = [COLOURS[scheme], STATES[scheme]]
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: land },
      borders: { type: 'geojson', data: borders },
      stations: { type: 'geojson', data: stations, cluster: true, clusterRadius: 44, clusterMaxZoom: 13 },
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
      {
        id: 'clusters',
        type: 'circle',
        source: 'stations',
        filter: ['has', 'point_count'],
        paint: {
          'circle-color': colours.cluster,
          'circle-radius': ['step', ['get', 'point_count'], 15, 20, 19, 100, 24, 1000, 30],
          'circle-stroke-width': 2,
          'circle-stroke-color': colours.ring,
        },
      },
      {
        id: 'counts',
        type: 'symbol',
        source: 'stations',
        filter: ['has', 'point_count'],
        layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-size': 12 },
        paint: { 'text-color': scheme === 'light' ? '#ffffff' : '#14181f' },
      },
      {
        id: 'stations',
        type: 'circle',
        source: 'stations',
        filter: ['!', ['has', 'point_count']],
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
    ],
  }
}
