import type { Feature, FeatureCollection, Point } from 'geojson'
import * as maplibregl from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { MapContent } from '../../api/stations.js'
import { formatNumber } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { stationHref } from './chosen.js'
import { addMarks } from './map-marks.js'
import { type Scheme, type Streets, styleFor } from './map-style.js'
import { stationState } from './state.js'

const say = textsOf('stations')

maplibregl.setWorkerUrl(workerUrl)

/** A place on the map. */
export interface Spot {
  readonly lat: number
  readonly lon: number
}

/** What of the world the map shows. */
export interface MapArea {
  readonly center: Spot
  readonly zoom: number
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** Where the map is to look; a new object moves it. */
export interface MapTarget extends Spot {
  readonly zoom: number
}

interface StationMapProps {
  readonly content: MapContent | undefined
  readonly streets: Streets
  readonly target: MapTarget
  readonly here: Spot | undefined
  /** After the map came to rest; `byHand` when the driver moved it. */
  readonly onArea: (area: MapArea, byHand: boolean) => void
  readonly onOpen: (href: string) => void
}

const pointAt = (
  { lat, lon }: Spot,
  properties: Readonly<Record<string, string | number>> = {},
): Feature<Point> => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties,
})

const collection = (features: Feature<Point>[]): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features,
})

const setData = (map: maplibregl.Map, name: string, features: Feature<Point>[]): void => {
  const source = map.getSource(name)
  if (source instanceof maplibregl.GeoJSONSource) source.setData(collection(features))
}

const showContent = (map: maplibregl.Map, { clusters, stations }: MapContent): void => {
  setData(
    map,
    'clusters',
    clusters.map(({ expand_zoom, stations: count, free, ...spot }) =>
      pointAt(spot, { stations: count, free, expand_zoom, label: formatNumber(count, 0) }),
    ),
  )
  setData(
    map,
    'stations',
    stations.map((station) => {
      const state = stationState(station)
      const look = station.stale ? `${state}-stale` : state
      const tip = say('point_tip', { name: station.name, free: station.free, all: station.evses })
      return pointAt(station, { href: stationHref(station), tip, look })
    }),
  )
}

const areaOf = (map: maplibregl.Map): MapArea => {
  const bounds = map.getBounds()
  const { lat, lng } = map.getCenter()
  return {
    center: { lat, lon: lng },
    zoom: map.getZoom(),
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
  }
}

const isCalm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

const followPointer = (map: maplibregl.Map, onOpen: (href: string) => void): void => {
  map.on('click', 'clusters', ({ features = [], lngLat }) => {
    const zoom: unknown = features[0]?.properties.expand_zoom
    const wanted = Math.max(map.getZoom() + 1, typeof zoom === 'number' ? zoom + 0.3 : 0)
    // NOTE: the second argument tells that the driver did it.
    map.easeTo({ center: lngLat, zoom: wanted, animate: !isCalm() }, { byHand: true })
  })
  map.on('click', 'stations', ({ features = [] }) => {
    const href: unknown = features[0]?.properties.href
    if (typeof href === 'string') onOpen(href)
  })
  const tip = new maplibregl.Popup({ closeButton: false, closeOnClick: false, offset: 14 })
  map.on('mousemove', 'stations', ({ features = [], lngLat }) => {
    map.getCanvas().style.cursor = 'pointer'
    tip
      .setLngLat(lngLat)
      .setText(String(features[0]?.properties.tip ?? ''))
      .addTo(map)
  })
  map.on('mouseleave', 'stations', () => {
    map.getCanvas().style.cursor = ''
    tip.remove()
  })
  map.on('mouseenter', 'clusters', () => {
    map.getCanvas().style.cursor = 'pointer'
  })
  map.on('mouseleave', 'clusters', () => {
    map.getCanvas().style.cursor = ''
  })
}

const schemeNow = (): Scheme => (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')

const useScheme = (): Scheme => {
  const [scheme, setScheme] = useState(schemeNow)
  useEffect(() => {
    const media = window.matchMedia('(prefers-color-scheme: dark)')
    const change = (): void => setScheme(schemeNow())
    media.addEventListener('change', change)
    return () => media.removeEventListener('change', change)
  }, [])
  return scheme
}

const createMap = async (
  container: HTMLElement,
  { scheme, streets, target }: { scheme: Scheme; streets: Streets; target: MapTarget },
): Promise<maplibregl.Map> => {
  const map = new maplibregl.Map({
    container,
    style: await styleFor(scheme, streets),
    center: [target.lon, target.lat],
    zoom: target.zoom,
    attributionControl: false,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right')
  const named = streets === null ? 'Natural Earth' : (streets.attribution ?? '')
  map.addControl(new maplibregl.AttributionControl({ compact: true, customAttribution: named }), 'top-left')
  map.on('load', () => addMarks(map, scheme))
  return map
}

const isByHand = (event: object): boolean =>
  ('originalEvent' in event && event.originalEvent !== undefined) || 'byHand' in event

/** Stations on a map. Everything on it can be reached in the list as well. */
const StationMap = (props: StationMapProps) => {
  const container = useRef<HTMLElement>(null)
  const latest = useRef(props)
  latest.current = props
  const [map, setMap] = useState<maplibregl.Map>()
  const [failed, setFailed] = useState(false)
  const scheme = useScheme()
  const { content, streets, target, here } = props
  const moved = useRef(target)
  useEffect(() => {
    if (container.current === null) return undefined
    let gone = false
    let made: maplibregl.Map | undefined
    // NOTE: a place for each map; one that is removed takes away what it wrote on its place, while the next one may be drawing.
    const place = document.createElement('div')
    place.className = 'map-place'
    container.current.append(place)
    createMap(place, { scheme, streets, target: moved.current }).then(
      (created) => {
        made = created
        if (gone) {
          created.remove()
          return
        }
        followPointer(created, (href) => latest.current.onOpen(href))
        created.on('moveend', (event) => latest.current.onArea(areaOf(created), isByHand(event)))
        created.once('load', () => {
          setMap(created)
          latest.current.onArea(areaOf(created), false)
        })
      },
      () => setFailed(true),
    )
    return () => {
      gone = true
      made?.remove()
      place.remove()
      setMap(undefined)
    }
  }, [scheme, streets?.url])
  useEffect(() => {
    if (map !== undefined && content !== undefined) showContent(map, content)
  }, [map, content])
  useEffect(() => {
    if (map !== undefined) setData(map, 'here', here === undefined ? [] : [pointAt(here)])
  }, [map, here])
  useEffect(() => {
    if (moved.current === target) return
    moved.current = target
    map?.easeTo({ center: [target.lon, target.lat], zoom: target.zoom, animate: !isCalm() })
  }, [map, target])
  if (failed)
    return (
      <p class="map-failed" role="alert">
        {say('map_failed')}
      </p>
    )
  return (
    <section
      ref={container}
      class="station-map"
      aria-label={say('map_label')}
      data-drawn={map !== undefined && content !== undefined}
    />
  )
}

export default StationMap
