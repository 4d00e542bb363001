import { Text, useComputedColorScheme } from '@mantine/core'
import * as maplibregl from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useRef, useState } from 'react'
import type { Bounds, MapAnswer } from '../../api/map.js'
import type { MapStyle } from '../../api/session.js'
import { groundFor, type Scheme } from './ground-style.js'
import { CLUSTERS, drawStations, STATIONS, withStations } from './station-layers.js'
import type { View } from './view-text.js'

maplibregl.setWorkerUrl(workerUrl)

/** A part around the map that is asked for with it, so that its edges are not empty while it is moved. */
const MARGIN = 0.15

/** What can be seen, and a little around it. */
const boundsOf = (map: maplibregl.Map): Bounds => {
  const seen = map.getBounds()
  const [wide, high] = [seen.getEast() - seen.getWest(), seen.getNorth() - seen.getSouth()]
  return {
    west: seen.getWest() - wide * MARGIN,
    south: seen.getSouth() - high * MARGIN,
    east: seen.getEast() + wide * MARGIN,
    north: seen.getNorth() + high * MARGIN,
  }
}

const numberAt = (properties: Readonly<Record<string, unknown>> | undefined, name: string): number =>
  Number(properties?.[name])

/** Clusters open when they are clicked, stations lead to their page. */
const followClicks = (map: maplibregl.Map, onOpen: (href: string) => void): void => {
  map.on('click', CLUSTERS, ({ features: [feature] = [], lngLat }) => {
    const zoom = numberAt(feature?.properties, 'zoom')
    if (zoom > 0) map.easeTo({ center: lngLat, zoom: Math.min(zoom, map.getMaxZoom()) })
  })
  map.on('click', STATIONS, ({ features: [feature] = [] }) => {
    const href: unknown = feature?.properties.href
    if (typeof href === 'string') onOpen(href)
  })
  const tip = new maplibregl.Popup({ closeButton: false, closeOnClick: false, offset: 10 })
  for (const layer of [CLUSTERS, STATIONS]) {
    map.on('mousemove', layer, ({ features: [feature] = [], lngLat }) => {
      map.getCanvas().style.cursor = 'pointer'
      tip
        .setLngLat(lngLat)
        .setText(String(feature?.properties.tip ?? ''))
        .addTo(map)
    })
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = ''
      tip.remove()
    })
  }
}

/** Where a map begins. */
type Start = { readonly view: View } | { readonly bounds: Bounds }

const startOptions = (start: Start): Partial<maplibregl.MapOptions> =>
  'view' in start
    ? { center: [start.view.longitude, start.view.latitude], zoom: start.view.zoom }
    : {
        bounds: [start.bounds.west, start.bounds.south, start.bounds.east, start.bounds.north],
        fitBoundsOptions: { padding: 40, maxZoom: 14 },
      }

interface MapOptions {
  readonly place: HTMLElement
  readonly scheme: Scheme
  readonly mapStyle: MapStyle | null
  readonly start: Start
}

const createMap = async ({ place, scheme, mapStyle, start }: MapOptions) => {
  const { style, attribution, standsIn } = await groundFor(scheme, mapStyle)
  const map = new maplibregl.Map({
    container: place,
    style: withStations(scheme, style),
    ...startOptions(start),
    attributionControl: false,
    maxZoom: 18,
    // NOTE: fading in would draw the map for another third of a second after every change.
    fadeDuration: 0,
  })
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(
    new maplibregl.AttributionControl({
      compact: true,
      ...(attribution === '' ? {} : { customAttribution: attribution }),
    }),
  )
  return { map, standsIn }
}

const viewOf = (map: maplibregl.Map): View => {
  const { lng, lat } = map.getCenter().wrap()
  return { longitude: lng, latitude: lat, zoom: map.getZoom() }
}

interface StationMapProps {
  readonly answer: MapAnswer | undefined
  /** The map of the settings; outlines of countries where there is none. */
  readonly mapStyle: MapStyle | null
  readonly start: Start
  readonly onOpen: (href: string) => void
  /** Is told where the map rests. */
  readonly onView: (view: View, bounds: Bounds) => void
}

/** Stations over a map. */
export const StationMap = (props: StationMapProps) => {
  const { answer, mapStyle } = props
  const container = useRef<HTMLElement>(null)
  const latest = useRef(props)
  latest.current = props
  const last = useRef<View>(undefined)
  const [map, setMap] = useState<maplibregl.Map>()
  const [trouble, setTrouble] = useState<'none' | 'ground' | 'all'>('none')
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  useEffect(() => {
    const section = container.current
    if (section === null) return undefined
    let gone = false
    let made: maplibregl.Map | undefined
    // NOTE: a place for each map; one that is removed takes away what it wrote on its place, while the next one may be drawing.
    const place = document.createElement('div')
    place.className = 'map-place'
    section.append(place)
    const start = last.current === undefined ? latest.current.start : { view: last.current }
    createMap({ place, scheme, mapStyle, start }).then(
      ({ map: created, standsIn }) => {
        made = created
        if (gone) {
          created.remove()
          return
        }
        setTrouble(standsIn ? 'ground' : 'none')
        followClicks(created, (href) => latest.current.onOpen(href))
        const tell = (): void => {
          last.current = viewOf(created)
          latest.current.onView(last.current, boundsOf(created))
        }
        created.on('moveend', tell)
        // NOTE: without a listener the library writes what a host of maps answers to the log of the browser.
        created.on('error', () => setTrouble('ground'))
        created.once('style.load', () => setMap(created))
        tell()
      },
      () => setTrouble('all'),
    )
    return () => {
      gone = true
      made?.remove()
      place.remove()
      delete section.dataset.drawn
      setMap(undefined)
    }
  }, [scheme, mapStyle])
  const drawn = useRef<{ readonly map: maplibregl.Map; readonly answer: MapAnswer }>(undefined)
  useEffect(() => {
    const section = container.current
    if (map === undefined || answer === undefined || section === null) return
    const tell = (): void => {
      section.dataset.drawn = 'true'
      section.dataset.seq = String(answer.seq)
    }
    // NOTE: an answer that only says that nothing changed has the stations of the one before.
    const isSame = drawn.current?.map === map && drawn.current.answer.stations === answer.stations
    drawn.current = { map, answer }
    if (isSame) tell()
    else drawStations(map, answer).then(tell, () => undefined)
  }, [map, answer])
  if (trouble === 'all')
    return <p role="alert">This browser cannot draw the map. The list shows the same locations.</p>
  return (
    <>
      <section ref={container} className="map" aria-label="Map of locations; the list shows the same" />
      {trouble === 'ground' && (
        <Text size="sm" c="dimmed" mt={6} role="status">
          {mapStyle === null
            ? 'Parts of the map could not be drawn.'
            : 'The map of the settings (MAP_STYLE_URL, MAP_TILES_URL) does not answer as it should.'}
        </Text>
      )}
    </>
  )
}
