/** Where a map looks: the middle in degrees, and how near. */
export interface View {
  readonly longitude: number
  readonly latitude: number
  readonly zoom: number
}

/** A view in the address of a page: `11.5,52.52,13.405`, zoom, latitude, longitude. */
export const viewText = ({ zoom, latitude, longitude }: View): string =>
  [zoom.toFixed(1), latitude.toFixed(4), longitude.toFixed(4)].map(Number).join(',')

/** Reads a view; undefined when the text is none. */
export const viewFrom = (text: string): View | undefined => {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const [zoom = Number.NaN, latitude = Number.NaN, longitude = Number.NaN] = numbers
  const isView = zoom >= 0 && zoom <= 18 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180
  return isView && numbers.length === 3 ? { zoom, latitude, longitude } : undefined
}
