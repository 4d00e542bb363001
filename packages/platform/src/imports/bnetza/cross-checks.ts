import { columns, slotColumns } from './columns.js'
import { metresBetween, type Place } from './coordinates.js'
import { evseIdKey } from './evse-ids.js'
import type { Facility } from './facility.js'
import type { ReportBook } from './row-report.js'
import { addressKey } from './sites.js'

/** Facilities of one operator and address further apart than this contradict each other. */
const DISAGREE_METRES = 1_000
/** A postal code needs this many facilities before one of them can be called far away. */
const POSTAL_CODE_SAMPLE = 5
const FAR_METRES = 3_000
const FAR_TIMES_MEDIAN = 6

function groupBy(
  facilities: readonly Facility[],
  keyOf: (facility: Facility) => string,
): Map<string, Facility[]> {
  const groups = new Map<string, Facility[]>()
  for (const facility of facilities) {
    const key = keyOf(facility)
    const group = groups.get(key)
    if (group) group.push(facility)
    else groups.set(key, [facility])
  }
  return groups
}

const coordinatesOf = ({ place }: Facility): string => `${place.latitude} ${place.longitude}`
const noteCoordinates = (book: ReportBook, facility: Facility) => {
  const note = book.noteFor(facility.line, facility.id)
  return (code: Parameters<typeof note>[0], done: string) =>
    note(code, columns.latitude, facility.written.coordinates, done)
}

function checkOneAddress(facilities: readonly Facility[], book: ReportBook): void {
  const numbered = facilities.filter((facility) => facility.address.hasHouseNumber)
  for (const group of groupBy(numbered, addressKey).values()) {
    for (const facility of group) {
      const far = group.find((other) => metresBetween(facility.place, other.place) > DISAGREE_METRES)
      if (far)
        noteCoordinates(book, facility)(
          'coordinates_disagree',
          `kept, a Location of its own: ${far.id} is elsewhere`,
        )
    }
  }
}

function checkOnePlace(facilities: readonly Facility[], book: ReportBook): void {
  for (const group of groupBy(facilities, coordinatesOf).values()) {
    for (const facility of group) {
      const other = group.find(
        ({ address }) =>
          address.postalCode !== facility.address.postalCode && address.key !== facility.address.key,
      )
      if (other)
        noteCoordinates(book, facility)(
          'coordinates_shared',
          `kept: ${other.id} is there under another address`,
        )
    }
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function checkPostalCodes(facilities: readonly Facility[], book: ReportBook): void {
  for (const [code, group] of groupBy(facilities, ({ address }) => address.postalCode ?? '')) {
    if (code === '' || group.length < POSTAL_CODE_SAMPLE) continue
    const middle: Place = {
      latitude: '',
      longitude: '',
      latitudeMicro: median(group.map(({ place }) => place.latitudeMicro)),
      longitudeMicro: median(group.map(({ place }) => place.longitudeMicro)),
    }
    const distances = group.map((facility) => ({ facility, metres: metresBetween(middle, facility.place) }))
    const usual = median(distances.map(({ metres }) => metres))
    for (const { facility, metres } of distances) {
      if (metres <= FAR_METRES || metres <= FAR_TIMES_MEDIAN * usual) continue
      const done = `kept: ${Math.round(metres / 1_000)} km from the others of ${code}`
      noteCoordinates(book, facility)('coordinates_far_from_postal_code', done)
    }
  }
}

/** Reports places that contradict each other. Nothing is moved: the register does not say which one is right. */
export function checkPlaces(facilities: readonly Facility[], book: ReportBook): void {
  checkOneAddress(facilities, book)
  checkOnePlace(facilities, book)
  checkPostalCodes(facilities, book)
}

/** Leaves out every EVSE id that stands at more than one charge point: it identifies none of them. */
export function dropDuplicateEvseIds(facilities: readonly Facility[], book: ReportBook): Facility[] {
  const uses = new Map<string, number>()
  for (const { chargePoints } of facilities)
    for (const { evseId } of chargePoints)
      if (evseId !== undefined) uses.set(evseIdKey(evseId), (uses.get(evseIdKey(evseId)) ?? 0) + 1)
  return facilities.map((facility) => ({
    ...facility,
    chargePoints: facility.chargePoints.map((point) => {
      const count = point.evseId === undefined ? 0 : (uses.get(evseIdKey(point.evseId)) ?? 0)
      if (point.evseId === undefined || count < 2) return point
      const note = book.noteFor(facility.line, facility.id)
      note(
        'evse_id_duplicate',
        slotColumns(point.slot).evseId,
        point.evseId,
        `left out: ${count} charge points have it`,
      )
      return { ...point, evseId: undefined }
    }),
  }))
}
