import type { FeatureCollection } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlasUrl from 'world-atlas/countries-50m.json?url'
import { isDoc } from '../../api/reading.js'
import type { MapStyle } from '../../api/session.js'

/** Colours of the page around the map. */
export type Scheme = 'light' | 'dark'

/** What stations are drawn on, and who has to be named for it. */
export interface Ground {
  readonly style: StyleSpecification
  /** HTML, written by us. */
  readonly attribution: string
  /** True where the map of the settings could not be read and the outlines stand in for it. */
  readonly standsIn: boolean
}

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
  light: { sea: '#dfe8f2', land: '#f7f7f4', border: '#b9bec6' },
  dark: { sea: '#14181f', land: '#262a31', border: '#4a505a' },
} as const

const outlineStyle = async (scheme: Scheme): Promise<StyleSpecification> => {
  const { land, borders } = await outlines()
  const { sea, land: ground, border } = COLOURS[scheme]
  return {
    version: 8,
    sources: { land: { type: 'geojson', data: land }, borders: { type: 'geojson', data: borders } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': ground } },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': border, 'line-width': 0.8 } },
    ],
  }
}

const rasterStyle = (scheme: Scheme, url: string): StyleSpecification => ({
  version: 8,
  sources: { tiles: { type: 'raster', tiles: [url], tileSize: 256 } },
  layers: [
    { id: 'sea', type: 'background', paint: { 'background-color': COLOURS[scheme].sea } },
    { id: 'tiles', type: 'raster', source: 'tiles' },
  ],
})

const isStyle = (value: unknown): value is StyleSpecification =>
  isDoc(value) && value.version === 8 && isDoc(value.sources) && Array.isArray(value.layers)

const fetchStyle = async (url: string): Promise<StyleSpecification | undefined> => {
  try {
    const style: unknown = await (await fetch(url, { credentials: 'omit' })).json()
    return isStyle(style) ? style : undefined
  } catch {
    return undefined
  }
}

const CHARACTERS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => CHARACTERS[character] ?? '')

/** What stations are drawn on: the map of the settings, else outlines of countries, which come with the console. */
export const groundFor = async (scheme: Scheme, map: MapStyle | null): Promise<Ground> => {
  if (map?.kind === 'raster')
    return { style: rasterStyle(scheme, map.url), attribution: escaped(map.attribution), standsIn: false }
  const style = map === null ? undefined : await fetchStyle(map.url)
  if (map !== null && style !== undefined)
    return { style, attribution: escaped(map.attribution), standsIn: false }
  return { style: await outlineStyle(scheme), attribution: 'Natural Earth', standsIn: map !== null }
}
