import { useEffect } from 'preact/hooks'
import { useAnswer } from '../../api/answers.js'
import { fieldOf } from '../../api/reading.js'
import { address } from '../../api/request.js'
import { stationMap } from '../../api/stations.js'
import { readLocal, writeLocal } from './local-list.js'
import type { Search } from './search.js'
import { around } from './viewport.js'

interface Start {
  readonly lat: number
  readonly lon: number
  readonly zoom: number | undefined
}

const WORLD = address(['stations', 'map'], { west: -179, south: -75, east: 179, north: 80, zoom: 5 })
/** Where there is no station at all: the middle of Europe. */
const NOWHERE: Start = { lat: 50.5, lon: 10, zoom: 4 }

const kept = (): Start | undefined => {
  const found = readLocal('place')
  const [lat, lon, zoom] = ['lat', 'lon', 'zoom'].map((name) => fieldOf(found, name))
  if (typeof lat !== 'number' || typeof lon !== 'number') return undefined
  return { lat, lon, zoom: typeof zoom === 'number' ? zoom : undefined }
}

/**
 * Where to look: what the address says, else where the driver looked last, else where all stations are. Undefined until that is known.
 */
export const useStart = ({ lat, lon, zoom }: Search): Start | undefined => {
  const told = lat === undefined || lon === undefined ? undefined : { lat, lon, zoom }
  const last = told ?? kept()
  const world = useAnswer(last === undefined ? WORLD : null, stationMap)
  useEffect(() => {
    if (told !== undefined) writeLocal('place', told)
  }, [lat, lon, zoom])
  if (last !== undefined) return last
  if (world.value !== undefined) return around([...world.value.clusters, ...world.value.stations]) ?? NOWHERE
  return world.failure === undefined ? undefined : NOWHERE
}
