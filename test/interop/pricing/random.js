/** Numbers that come again with the same seed (mulberry32). */
export const randomFrom = (seed) => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from, to) => from + Math.floor(next() * (to - from + 1))
  return {
    int,
    /** A decimal of so many digits. */
    decimal: (from, to, digits) => int(from * 10 ** digits, to * 10 ** digits) / 10 ** digits,
    chance: (share) => next() < share,
    pick: (list) => list[int(0, list.length - 1)],
    some: (list, share) => list.filter(() => next() < share),
  }
}
