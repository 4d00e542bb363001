import { setTimeout as sleep } from 'node:timers/promises'
import { call, isUnknown } from './operator-api.js'

/**
 * What a back end knows of its own writes: for every object the newest state that was acknowledged and the newest
 * that was attempted. A killed node may have stored either, or one between, and nothing else.
 */
export class Ledger {
  subjects = new Map()
  counts = { acknowledged: 0, unknown: 0, abandoned: 0 }
  /** Writes that were refused although they were right. */
  refused = []
  #random
  #ended = false

  constructor(random) {
    this.#random = random
  }

  /**
   * An object to follow. `expected(n)` gives the fields of state `n`, or null where state `n` is "not there";
   * `find(documents)` gives the object among the documents of its collection.
   */
  add(subject) {
    this.subjects.set(subject.key, { acknowledged: -1, attempted: -1, ...subject })
    return this.subjects.get(subject.key)
  }

  /** Ends all insisting: writes without an answer stay unknown. */
  end() {
    this.#ended = true
  }

  /**
   * Writes state `n` and insists like a real back end: an unknown outcome is written again until it is known. With
   * `mayAbandon` it sometimes goes on to the next state instead, as a meter does that has newer figures.
   * Answers whether it was acknowledged.
   */
  async write(subject, n, { node, method, path, body, mayAbandon = false }) {
    subject.attempted = Math.max(subject.attempted, n)
    for (let again = false; !this.#ended; again = true) {
      const answer = await call(node, method, path, body)
      if (!isUnknown(answer)) {
        // A DELETE whose first answer was lost finds nothing the second time.
        const done = answer.status < 400 || (again && method === 'DELETE' && answer.status === 404)
        if (!done) {
          this.refused.push({
            key: subject.key,
            state: n,
            method,
            path,
            status: answer.status,
            body: answer.body,
          })
          return false
        }
        subject.acknowledged = Math.max(subject.acknowledged, n)
        this.counts.acknowledged += 1
        return true
      }
      this.counts.unknown += 1
      if (mayAbandon && this.#random.chance(0.2)) {
        this.counts.abandoned += 1
        return false
      }
      await sleep(this.#random.between(50, 400))
    }
    return false
  }
}

const matches = (found, expected) =>
  typeof expected === 'object' && expected !== null
    ? typeof found === 'object' &&
      found !== null &&
      (!Array.isArray(expected) || found.length === expected.length) &&
      Object.entries(expected).every(([field, value]) => matches(found[field], value))
    : found === expected

/** Whether a document (undefined: none) is an acknowledged state or one attempted later. */
export const isAcceptable = (subject, found) => {
  for (let n = Math.max(subject.acknowledged, 0); n <= subject.attempted; n += 1) {
    const expected = subject.expected(n)
    if (expected === null ? found === undefined : found !== undefined && matches(found, expected)) return true
  }
  // Never acknowledged: it may be missing as well.
  return subject.acknowledged < 0 && found === undefined
}
