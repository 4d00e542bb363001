import type { MapArea } from './station-map.js'

/** A part of the map as the node is asked for it. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
  readonly zoom: number
}

/** The edges alone, as events are asked for. */
export const edgesOf = ({ west, south, east, north }: Box) => ({ west, south, east, north })

const round = (degrees: number): number => Number(degrees.toFixed(5))

/**
 * A part of the map that is a little larger than what is seen, on a grid: moving a little asks for the same again, which is kept.
 */
export const snapped = ({ west, south, east, north, zoom }: MapArea): Box => {
  const whole = Math.max(0, Math.min(22, Math.round(zoom)))
  // A quarter of the world at zoom 0, and half of that for each zoom more.
  const step = 90 / 2 ** whole
  return {
    west: round(Math.floor(west / step) * step),
    south: round(Math.max(-90, Math.floor(south / step) * step)),
    east: round(Math.ceil(east / step) * step),
    north: round(Math.min(90, Math.ceil(north / step) * step)),
    zoom: whole,
  }
}

/** A place with a zoom at which all of these places can be seen in a window of some 800 pixels; undefined for no place. */
export const around = (
  spots: readonly { readonly lat: number; readonly lon: number }[],
): { readonly lat: number; readonly lon: number; readonly zoom: number } | undefined => {
  if (spots.length === 0) return undefined
  const [lats, lons] = [spots.map(({ lat }) => lat), spots.map(({ lon }) => lon)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const [west, east] = [Math.min(...lons), Math.max(...lons)]
  const wide = Math.max(east - west, (north - south) * 1.6, 0.02)
  const zoom = Math.log2((360 / wide) * (600 / 512))
  return { lat: (south + north) / 2, lon: (west + east) / 2, zoom: Math.max(2, Math.min(12, zoom)) }
}
