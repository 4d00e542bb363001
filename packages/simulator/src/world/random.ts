/** A stream of random numbers that depends on nothing but its seed text. */
export interface RandomStream {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform integer from `min` to `max`, both included. */
  integer(min: number, max: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One of the items; throws RangeError for an empty list. */
  pick<T>(items: readonly T[]): T
  /** The items in a new order. */
  shuffle<T>(items: readonly T[]): T[]
  /** Exponentially distributed with this mean; Infinity for a mean that is not finite. */
  exponential(mean: number): number
}

/** xmur3: spreads a text over 32-bit words. */
const hashOf = (text: string): (() => number) => {
  let h = 1779033703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    h ^= h >>> 16
    return h >>> 0
  }
}

/** sfc32, 128 bits of state. */
const sfc32 = (seed: string): (() => number) => {
  const word = hashOf(seed)
  let [a, b, c, d] = [word(), word(), word(), 1]
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/**
 * The stream of one subject. Streams are derived by name (driver, EVSE …), so what one subject draws never
 * depends on when another one draws.
 */
export const randomStream = (seed: number, ...subject: readonly (string | number)[]): RandomStream => {
  const next = sfc32([seed, ...subject].join('/'))
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    shuffle: (items) => {
      const keyed = items.map((item) => ({ item, key: next() }))
      return keyed.sort((x, y) => x.key - y.key).map(({ item }) => item)
    },
    exponential: (mean) => (Number.isFinite(mean) ? -Math.log(1 - next()) * mean : Number.POSITIVE_INFINITY),
  }
}
