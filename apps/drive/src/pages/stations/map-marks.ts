import type { Map as MapView } from 'maplibre-gl'
import type { Scheme } from './map-style.js'
import type { ChargerState } from './state.js'
import { shapeOf } from './state-mark.js'

/** Names of the signs on the map. */
export type Look = ChargerState | `${ChargerState}-stale`

const FILLS = {
  light: { free: '#0b6b52', taken: '#1c4f99', broken: '#ab2219', unknown: '#5b6661', stale: '#98a39e' },
  dark: { free: '#5ad8ae', taken: '#93bdff', broken: '#ff9d94', unknown: '#a2ada8', stale: '#6d7974' },
} as const
const SIGNS = { light: '#ffffff', dark: '#0d1412' } as const

const SIZE = 26
const RATIO = 2

const draw = (state: ChargerState, scheme: Scheme, stale: boolean): ImageData | undefined => {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE * RATIO
  canvas.height = SIZE * RATIO
  const pen = canvas.getContext('2d')
  if (pen === null) return undefined
  const { body, sign } = shapeOf(state)
  const scale = (SIZE * RATIO) / 20
  pen.scale(scale, scale)
  pen.translate(2, 2)
  pen.lineJoin = 'round'
  pen.lineCap = 'round'
  const shape = new Path2D(body)
  pen.strokeStyle = SIGNS[scheme]
  pen.lineWidth = 2.6
  pen.stroke(shape)
  pen.fillStyle = FILLS[scheme][stale ? 'stale' : state]
  pen.fill(shape)
  pen.lineWidth = 1.7
  pen.stroke(new Path2D(sign))
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

/** Adds the signs of all states to a map. */
export const addMarks = (map: MapView, scheme: Scheme): void => {
  for (const state of ['free', 'taken', 'broken', 'unknown'] as const)
    for (const stale of [false, true]) {
      const look: Look = stale ? `${state}-stale` : state
      const image = draw(state, scheme, stale)
      if (image !== undefined && !map.hasImage(look)) map.addImage(look, image, { pixelRatio: RATIO })
    }
}
