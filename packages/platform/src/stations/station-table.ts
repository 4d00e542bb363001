import type { EvseRow, StationRow } from '@interwatt/store'
import { type Columns, createColumns } from './columns.js'
import { type EvseKind, evseKindOf } from './evse-kind.js'
import { type Opening, readOpening } from './opening.js'
import { DEGREE, mercatorX, mercatorY, type Place, readPlace } from './place.js'
import { SharedValues } from './shared-values.js'

/** Numbers of one group of EVSEs in `groups`: id of their kind, how many there are, free, taken, broken. */
export const GROUP = 5

const FIRST_SLOTS = 1_024
const MOST_COUNTED = 65_535

const STATES: Readonly<Record<string, 'free' | 'taken' | 'broken'>> = {
  AVAILABLE: 'free',
  CHARGING: 'taken',
  RESERVED: 'taken',
  BLOCKED: 'taken',
  INOPERATIVE: 'broken',
  OUTOFORDER: 'broken',
}
const PLACE_OF = { free: 2, taken: 3, broken: 4 } as const

/** A party by its two ids. */
export interface StationParty {
  readonly countryCode: string
  readonly partyId: string
}

/**
 * Stations by slot: numbers in columns, EVSEs in groups of one kind. 100,000 of them take some 30 MB. Locations without coordinates
 * that can be used are left out and counted.
 */
export class StationTable {
  columns: Columns = createColumns(FIRST_SLOTS)
  /** Of each slot: `GROUP` numbers for each group. */
  readonly groups: (readonly number[])[] = []
  readonly ids: string[] = []
  readonly names: string[] = []
  readonly keys: string[] = []
  readonly kinds = new SharedValues<EvseKind>()
  readonly openings = new SharedValues<Opening | undefined>()
  readonly operators = new SharedValues<string>()
  readonly parties = new SharedValues<StationParty>()
  readonly partners = new SharedValues<string | null>()
  /** Slots in use lie below it. */
  bound = 0
  /** EVSEs of all stations. */
  evses = 0
  readonly #slots = new Map<string, number>()
  readonly #free: number[] = []
  readonly #withoutPlace = new Set<string>()

  get size(): number {
    return this.#slots.size
  }

  /** Locations that are left out because they name no place. */
  get withoutPlace(): number {
    return this.#withoutPlace.size
  }

  /** The slot of a key such as `DE/ABC/LOC1`; undefined when the station is not there. */
  slotOf(key: string): number | undefined {
    return this.#slots.get(key)
  }

  /** Writes the present state of a location; answers where something on a map changed: where it was, and where it is. */
  put(row: StationRow): readonly Place[] {
    const before = this.#remove(row.key)
    this.#withoutPlace.delete(row.key)
    if (row.deleted) return before
    const place = readPlace(row.latitude, row.longitude)
    if (place === undefined) {
      this.#withoutPlace.add(row.key)
      return before
    }
    this.#write(this.#newSlot(), row, place)
    const [old] = before
    return old?.lat === place.lat && old.lon === place.lon ? before : [...before, place]
  }

  #newSlot(): number {
    const slot = this.#free.pop() ?? this.bound
    this.bound = Math.max(this.bound, slot + 1)
    if (slot >= this.columns.live.length) this.columns = createColumns(slot * 2, this.columns)
    return slot
  }

  #write(slot: number, row: StationRow, { lat, lon }: Place): void {
    const { columns } = this
    const { key, countryCode, partyId, operator, receivedFrom, openingTimes, timeZone } = row
    this.#slots.set(key, slot)
    this.keys[slot] = key
    this.ids[slot] = row.id
    this.names[slot] = row.name
    columns.live[slot] = 1
    columns.lat[slot] = lat
    columns.lon[slot] = lon
    columns.x[slot] = mercatorX(lon / DEGREE)
    columns.y[slot] = mercatorY(lat / DEGREE)
    columns.published[slot] = row.published ? 1 : 0
    columns.accessible[slot] = row.disabledParking ? 1 : 0
    columns.operator[slot] = this.operators.take(operator, () => operator)
    columns.party[slot] = this.parties.take(`${countryCode}/${partyId}`, () => ({ countryCode, partyId }))
    columns.partner[slot] = this.partners.take(receivedFrom ?? '', () => receivedFrom)
    const openingKey = openingTimes === null ? '' : JSON.stringify([openingTimes, timeZone])
    columns.opening[slot] = this.openings.take(openingKey, () => readOpening(openingTimes, timeZone))
    this.#writeEvses(slot, row.evses, { countryCode, partyId })
  }

  #writeEvses(slot: number, evses: readonly EvseRow[], party: StationParty): void {
    const groups: number[] = []
    const totals = [0, 0, 0, 0, 0]
    let [watts, newest] = [0, 0]
    for (const evse of evses) {
      const { key, kind } = evseKindOf(evse, party)
      const at = this.#groupAt(groups, key, kind)
      const state = evse.status === null ? undefined : STATES[evse.status]
      for (const place of state === undefined ? [1] : [1, PLACE_OF[state]]) {
        groups[at + place] = (groups[at + place] ?? 0) + 1
        totals[place] = (totals[place] ?? 0) + 1
      }
      watts = Math.max(watts, kind.watts)
      newest = Math.max(newest, evse.updatedAtS)
    }
    this.groups[slot] = groups
    this.evses += evses.length
    const [, count = 0, free = 0, taken = 0, broken = 0] = totals
    const { columns } = this
    columns.evses[slot] = Math.min(MOST_COUNTED, count)
    columns.free[slot] = Math.min(MOST_COUNTED, free)
    columns.taken[slot] = Math.min(MOST_COUNTED, taken)
    columns.broken[slot] = Math.min(MOST_COUNTED, broken)
    columns.watts[slot] = watts
    columns.statusAtS[slot] = Math.max(0, newest)
  }

  /** Where the group of a kind begins; made when the station has none. Each group holds its kind once. */
  #groupAt(groups: number[], key: string, kind: EvseKind): number {
    const id = this.kinds.take(key, () => kind)
    for (let at = 0; at < groups.length; at += GROUP) {
      if (groups[at] !== id) continue
      this.kinds.release(id)
      return at
    }
    groups.push(id, 0, 0, 0, 0)
    return groups.length - GROUP
  }

  #remove(key: string): readonly Place[] {
    const slot = this.#slots.get(key)
    if (slot === undefined) return []
    const { columns } = this
    const groups = this.groups[slot] ?? []
    for (let at = 0; at < groups.length; at += GROUP) {
      this.kinds.release(groups[at] ?? -1)
      this.evses -= groups[at + 1] ?? 0
    }
    this.operators.release(columns.operator[slot] ?? -1)
    this.parties.release(columns.party[slot] ?? -1)
    this.partners.release(columns.partner[slot] ?? -1)
    this.openings.release(columns.opening[slot] ?? -1)
    columns.live[slot] = 0
    this.groups[slot] = []
    this.#slots.delete(key)
    this.#free.push(slot)
    return [{ lat: columns.lat[slot] ?? 0, lon: columns.lon[slot] ?? 0 }]
  }
}
