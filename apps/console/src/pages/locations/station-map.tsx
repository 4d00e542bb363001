import { useComputedColorScheme } from '@mantine/core'
import type { Feature, FeatureCollection, Point } from 'geojson'
import * as maplibregl from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useRef, useState } from 'react'
import { type Scheme, styleFor } from './map-style.js'

maplibregl.setWorkerUrl(workerUrl)

/** A place on the map. */
export interface Station {
  /** The address of its page. */
  readonly href: string
  readonly name: string
  readonly longitude: number
  readonly latitude: number
  readonly state: 'free' | 'taken' | 'broken' | 'unknown'
}

const featureOf = ({ longitude, latitude, href, name, state }: Station): Feature<Point> => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
  properties: { href, name, state },
})

const collectionOf = (stations: readonly Station[]): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: stations.map(featureOf),
})

const boundsOf = (stations: readonly Station[]): maplibregl.LngLatBounds =>
  stations.reduce(
    (bounds, { longitude, latitude }) => bounds.extend([longitude, latitude]),
    new maplibregl.LngLatBounds(),
  )

const sourceOf = (map: maplibregl.Map): maplibregl.GeoJSONSource | undefined => {
  const source = map.getSource('stations')
  return source instanceof maplibregl.GeoJSONSource ? source : undefined
}

const openCluster = async (map: maplibregl.Map, feature: maplibregl.MapGeoJSONFeature): Promise<void> => {
  const { cluster_id: id } = feature.properties
  if (typeof id !== 'number' || feature.geometry.type !== 'Point') return
  const zoom = await sourceOf(map)?.getClusterExpansionZoom(id)
  const [longitude = 0, latitude = 0] = feature.geometry.coordinates
  map.easeTo({ center: [longitude, latitude], zoom: (zoom ?? map.getZoom() + 1) + 0.2 })
}

/** Clusters open when they are clicked, stations lead to their page. */
const followClicks = (map: maplibregl.Map, onOpen: (href: string) => void): void => {
  map.on('click', 'clusters', ({ features = [] }) => {
    const [feature] = features
    if (feature !== undefined) openCluster(map, feature).catch(() => undefined)
  })
  map.on('click', 'stations', ({ features = [] }) => {
    const href: unknown = features[0]?.properties.href
    if (typeof href === 'string') onOpen(href)
  })
  const tip = new maplibregl.Popup({ closeButton: false, closeOnClick: false, offset: 10 })
  map.on('mousemove', 'stations', ({ features = [], lngLat }) => {
    map.getCanvas().style.cursor = 'pointer'
    tip
      .setLngLat(lngLat)
      .setText(String(features[0]?.properties.name ?? ''))
      .addTo(map)
  })
  map.on('mouseleave', 'stations', () => {
    map.getCanvas().style.cursor = ''
    tip.remove()
  })
}

const createMap = async (container: HTMLElement, scheme: Scheme, stations: readonly Station[]) => {
  const map = new maplibregl.Map({
    container,
    style: await styleFor(scheme, collectionOf(stations)),
    bounds: boundsOf(stations),
    fitBoundsOptions: { padding: 40, maxZoom: 14 },
    attributionControl: false,
    maxZoom: 18,
  })
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new maplibregl.AttributionControl({ compact: true, customAttribution: 'Natural Earth' }))
  return map
}

/** Stations over a base map that comes with the console; nothing is asked of any other host. */
export const StationMap = ({
  stations,
  onOpen,
}: {
  readonly stations: readonly Station[]
  readonly onOpen: (href: string) => void
}) => {
  const container = useRef<HTMLElement>(null)
  const latest = useRef({ stations, onOpen })
  latest.current = { stations, onOpen }
  const [map, setMap] = useState<maplibregl.Map>()
  const [failed, setFailed] = useState(false)
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  useEffect(() => {
    if (container.current === null) return undefined
    let gone = false
    let made: maplibregl.Map | undefined
    // NOTE: a place for each map; one that is removed takes away what it wrote on its place, while the next one may be drawing.
    const place = document.createElement('div')
    place.className = 'map-place'
    container.current.append(place)
    createMap(place, scheme, latest.current.stations).then(
      (created) => {
        made = created
        if (gone) created.remove()
        else {
          followClicks(created, (href) => latest.current.onOpen(href))
          created.once('idle', () => setMap(created))
        }
      },
      () => setFailed(true),
    )
    return () => {
      gone = true
      made?.remove()
      place.remove()
      setMap(undefined)
    }
  }, [scheme])
  useEffect(() => {
    if (map !== undefined) sourceOf(map)?.setData(collectionOf(stations))
  }, [map, stations])
  if (failed) return <p role="alert">This browser cannot draw the map. The list shows the same locations.</p>
  return (
    <section
      ref={container}
      className="map"
      aria-label="Map of locations; the list shows the same"
      data-drawn={map !== undefined}
    />
  )
}
