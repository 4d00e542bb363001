import { parseUrl } from '@interwatt/protocol'

/** A map that web apps draw stations on, instead of the outlines of countries that come with them. */
export interface MapStyle {
  /** `vector`: `url` is a style of MapLibre; `raster`: `url` is a template of pictures with `{z}`, `{x}` and `{y}`. */
  readonly kind: 'vector' | 'raster'
  readonly url: string
  /** Who has to be named on the map, as plain text; may be empty. */
  readonly attribution: string
}

/** Settings of a map as they are written; undefined where nothing is. */
export interface MapStyleTexts {
  readonly styleUrl: string | undefined
  readonly tilesUrl: string | undefined
  readonly attribution: string | undefined
}

const MOST_ATTRIBUTION = 200

const isWebAddress = (url: string): boolean => {
  const parsed = parseUrl(url)
  return (
    parsed !== undefined &&
    /^https?:$/.test(parsed.protocol) &&
    parsed.username === '' &&
    parsed.password === ''
  )
}

/** The map that settings name, null for none; mistakes are added to `errors`. */
export const readMapStyle = (texts: MapStyleTexts, errors: string[]): MapStyle | null => {
  const { styleUrl, tilesUrl, attribution = '' } = texts
  if (attribution.length > MOST_ATTRIBUTION)
    errors.push(`MAP_ATTRIBUTION is too long; it takes at most ${MOST_ATTRIBUTION} characters.`)
  if (styleUrl !== undefined && tilesUrl !== undefined)
    errors.push('MAP_STYLE_URL and MAP_TILES_URL are both set; a map has one of them.')
  if (styleUrl !== undefined && !isWebAddress(styleUrl))
    errors.push('MAP_STYLE_URL is no http or https URL without a user.')
  if (
    tilesUrl !== undefined &&
    !(isWebAddress(tilesUrl) && ['{z}', '{x}', '{y}'].every((part) => tilesUrl.includes(part)))
  )
    errors.push('MAP_TILES_URL is no http or https URL with {z}, {x} and {y}, and without a user.')
  if (styleUrl !== undefined) return { kind: 'vector', url: styleUrl, attribution }
  return tilesUrl === undefined ? null : { kind: 'raster', url: tilesUrl, attribution }
}

/** The origin that a map is read from, for a content security policy; undefined when there is none. */
export const mapOrigin = (style: MapStyle | null): string | undefined =>
  style === null ? undefined : parseUrl(style.url)?.origin
