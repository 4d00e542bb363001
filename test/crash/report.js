const began = performance.now()

/** One line of the account, with the time since the start. */
export const say = (text) => {
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${text}`)
}

const shown = 10

const show = (title, list) => {
  if (list.length === 0) return
  console.log(`\n${title} (${list.length}):`)
  for (const entry of list.slice(0, shown))
    console.log(typeof entry === 'string' ? `  ${entry}` : `  ${JSON.stringify(entry)}`)
  if (list.length > shown) console.log(`  … and ${list.length - shown} more`)
}

/** What this run is going to do. */
export const printPlan = ({ kills, seed }, plan, folder) => {
  const plannedMs = plan.reduce((sum, { gapMs }) => sum + gapMs, 0)
  console.log(
    `Crash test: ${kills} kills, seed ${seed} (again: npm run test:crash -- --kills ${kills} --seed ${seed})`,
  )
  if (kills !== 50) console.log(`NOTE: ${kills} kills were asked for; the full test has 50.`)
  console.log(`Kills are spread over about ${Math.round(plannedMs / 1000)} s. Data: ${folder}\n`)
}

const tally = (kills) => {
  const counts = new Map()
  for (const { side, victim } of kills)
    counts.set(`${side} ${victim}`, (counts.get(`${side} ${victim}`) ?? 0) + 1)
  return [...counts].sort().map(([what, count]) => `${count} × ${what}`)
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const countOf = (views, name, side) => views.find(({ collection }) => collection === name)?.[side].length ?? 0

/** Prints the summary and every failure; answers whether all promises were kept. */
export const printAccount = (account, { seed }) => {
  const { ledger, witness, views, nodes, kills } = account
  const { acknowledged, unknown, abandoned } = ledger.counts
  const witnessCdrs = witness.held.get('cdrs').size
  const ownEnds = nodes.reduce((sum, node) => sum + node.ownEnds, 0)
  const failedStarts = nodes.reduce((sum, node) => sum + node.failedStarts, 0)
  const readyMs = nodes.flatMap((node) => node.readyMs)
  const checks = [
    ['acknowledged writes lost', account.lost.length],
    ['right writes refused', ledger.refused.length],
    ['objects different between the sides', account.different.length],
    ['CDRs sent twice to the witness', witness.doubled.length],
    ['older states sent after newer ones', witness.disordered.length],
    ['sessions with a charging period twice', account.doubledPeriods.length],
    ['bookings lost, doubled or forgotten', account.bookingFaults.length],
    ['booking orders never answered', account.open.length],
    ['pushes given up as refused', account.refusals.length],
    ['nodes that ended by themselves', ownEnds],
    ['nodes not ready at the end', account.ready.filter((ready) => !ready).length],
  ]
  const facts = [
    ['kills', `${kills.length} (${tally(kills).join(', ')})`],
    [
      'writes acknowledged',
      `${acknowledged} (${(acknowledged / (account.loadMs / 1000)).toFixed(0)} a second under kills)`,
    ],
    ['writes with unknown outcome', `${unknown}, of which ${abandoned} were given up for a newer state`],
    ['objects compared', `${views.reduce((sum, view) => sum + view.own.length, 0)}`],
    [
      'CDRs',
      `${countOf(views, 'cdrs', 'own')} at the CPO = ${countOf(views, 'cdrs', 'received')} at the eMSP + ${witnessCdrs} at the witness`,
    ],
    [
      'booking orders',
      `${account.orders.length} of ${account.bookings.answered.size} answered requests; ${countOf(views, 'bookings', 'own')} bookings, ${account.bookings.granted.size} granted, ${account.bookings.cancelled.size} cancelled`,
    ],
    ['requests to the witness', `${witness.requests}`],
    [
      'process starts',
      `${readyMs.length} reached readiness, median ${(median(readyMs) / 1000).toFixed(1)} s, longest ${(Math.max(...readyMs) / 1000).toFixed(1)} s; ${failedStarts} starts failed and were repeated by the supervisor`,
    ],
    ['equal everywhere after', `${(account.convergeMs / 1000).toFixed(1)} s without load`],
    ['whole run', `${(account.wholeMs / 1000).toFixed(0)} s, seed ${seed}`],
  ]
  const width = Math.max(...[...facts, ...checks].map(([name]) => name.length))
  console.log('')
  for (const [name, value] of facts) console.log(`  ${name.padEnd(width)}  ${value}`)
  console.log('')
  for (const [name, count] of checks)
    console.log(`  ${count === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(width)}  ${count}`)
  show('Lost', account.lost)
  show('Refused', ledger.refused)
  show('Different', account.different)
  show('Sent twice', witness.doubled)
  show('Out of order', witness.disordered)
  show('Periods twice', account.doubledPeriods)
  show('Bookings', account.bookingFaults)
  show('Never answered', account.open)
  show('Given up', account.refusals)
  const sound = checks.every(([, count]) => count === 0)
  console.log(`\n${sound ? 'PASSED' : 'FAILED'}: ${kills.length} kills, seed ${seed}\n`)
  return sound
}
