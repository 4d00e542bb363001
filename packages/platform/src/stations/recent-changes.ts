import { type Area, isWithin } from './box.js'
import type { Place } from './place.js'

/** Changes that are remembered: two minutes at 500 a second. */
const KEPT = 65_536

/** Where something changed lately, and at which position of the node. */
export class RecentChanges {
  readonly #seq = new Float64Array(KEPT)
  readonly #lat = new Int32Array(KEPT)
  readonly #lon = new Int32Array(KEPT)
  #count = 0
  /** Changes up to it are not known any more. */
  #forgotten: number

  constructor(seq: number) {
    this.#forgotten = seq
  }

  add(seq: number, { lat, lon }: Place): void {
    const at = this.#count % KEPT
    if (this.#count >= KEPT) this.#forgotten = this.#seq[at] ?? 0
    this.#seq[at] = seq
    this.#lat[at] = lat
    this.#lon[at] = lon
    this.#count += 1
  }

  /** Whether something within an area changed after a position; true as well when that is not known any more. */
  anyAfter(seq: number, area: Area): boolean {
    if (seq < this.#forgotten) return true
    const oldest = Math.max(0, this.#count - KEPT)
    for (let index = this.#count - 1; index >= oldest; index -= 1) {
      const at = index % KEPT
      if ((this.#seq[at] ?? 0) <= seq) return false
      if (isWithin(area, { lat: this.#lat[at] ?? 0, lon: this.#lon[at] ?? 0 })) return true
    }
    return false
  }
}
