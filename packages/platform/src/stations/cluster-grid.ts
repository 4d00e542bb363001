import type { Area } from './box.js'
import { mercatorX, mercatorY, WORLD } from './place.js'

/** Most squares that are looked at; a box that has more is drawn with larger ones. */
const MOST_SQUARES = 8_192
/** Squares side by side in a tile of 512 pixels: 8 of 64 pixels each. */
const SQUARES_LEVEL = 3

/**
 * The grid of a map: squares of 64 pixels at a whole zoom, 54 to 107 between two, that lie where they are however the map is
 * moved. The squares of a zoom are quarters of those of the zoom before.
 */
export interface Grid {
  /** The world is 2^level squares wide; 1 or more. */
  readonly level: number
  readonly squares: number
  /** Number of the square of a point in the area. */
  squareOf(x: number, y: number): number
}

/** The whole zoom whose squares are shown at a zoom: the next one from three quarters of the way on. */
export const stepOf = (zoom: number): number => Math.floor(zoom + 0.25)

/** The level of the grid that fits a zoom. */
export const levelOfZoom = (zoom: number): number => Math.min(30, Math.max(1, stepOf(zoom) + SQUARES_LEVEL))

/** The least zoom at which points as far apart as these two are in different squares. */
export const zoomThatSplits = (x: number, y: number): number => {
  // NOTE: `x` and `y` are the bits in which the points differ; the first of them is where their squares part.
  const level = Math.min(Math.clz32(x), Math.clz32(y)) + 1
  return Math.max(0, level - SQUARES_LEVEL)
}

/** The grid over an area; coarser than `level` where the area would have too many squares. */
export const gridOver = (area: Area, level: number): Grid => {
  const { box } = area
  const shift = 32 - level
  const size = 2 ** shift
  const left = Math.floor(mercatorX(box.west) / size) * size
  const top = Math.floor(mercatorY(box.north) / size)
  const across = Math.min(WORLD, ((box.east - box.west) / 360) * WORLD + size)
  const columns = Math.min(2 ** level, Math.ceil(across / size) + 1)
  const rows = Math.floor(mercatorY(box.south) / size) - top + 1
  if (columns * rows > MOST_SQUARES && level > 1) return gridOver(area, level - 1)
  return {
    level,
    squares: columns * rows,
    squareOf: (x, y) => {
      // NOTE: unsigned, so that squares go on beyond the antimeridian.
      const column = ((x - left) >>> 0) >>> shift
      const row = (y >>> shift) - top
      return Math.min(Math.max(0, row), rows - 1) * columns + Math.min(column, columns - 1)
    },
  }
}
