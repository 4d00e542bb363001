export const ROUNDS = 7
export const CALLS = 2_000

/** Microseconds of one call, the best of several rounds. */
export const microseconds = (run) => {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const begin = process.hrtime.bigint()
    for (let call = 0; call < CALLS; call++) run()
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / 1000 / CALLS)
  }
  return best
}
