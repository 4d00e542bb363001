/** What can be killed, and how often each is drawn. */
const VICTIMS = [
  ['node', 8],
  ['database server', 4],
  ['database, every process', 4],
  ['node, then its database', 4],
]

const drawn = VICTIMS.flatMap(([victim, weight]) => Array.from({ length: weight }, () => victim))

/**
 * The whole plan of a run, drawn from the seed before it begins: which side, which victim, how long after the kill
 * before, and how long the supervisor waits before it starts a killed node again. Times in milliseconds.
 */
export const planKills = (count, random) =>
  Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    side: random.pick(['cpo', 'emsp']),
    victim: random.pick(drawn),
    // Short gaps kill a node while it recovers, long ones let it do real work in between.
    gapMs: random.chance(0.25) ? random.between(100, 1_200) : random.between(3_500, 9_500),
    restartMs: random.chance(0.3) ? random.between(0, 200) : random.between(200, 2_000),
    betweenMs: random.between(0, 400),
  }))
