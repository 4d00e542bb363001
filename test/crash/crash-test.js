import { setTimeout as sleep } from 'node:timers/promises'
import { bookingFaults } from './booking-faults.js'
import { createBookingLoad, listOrders } from './booking-load.js'
import { differences, doubledPeriods, lostWrites, readBoth } from './compare.js'
import { CPO, EMSP } from './documents.js'
import { Ledger } from './ledger.js'
import { createLoad } from './load.js'
import { call, insist } from './operator-api.js'
import { say } from './report.js'

/** Longest time from the end of the load to equal content everywhere. */
const CONVERGE_MS = 120_000
/** A planned kill waits this long for something to kill. */
const VICTIM_MS = 30_000

const details = (name) => ({ business_details: { name } })
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

const connect = async ({ cpo, emsp, witness }) => {
  const invited = await insist(emsp, 'POST', '/partners', { name: 'CPO' })
  const registered = await insist(cpo, 'POST', '/partners', {
    name: 'eMSP',
    versions_url: invited.versions_url,
    token_a: invited.token_a,
  })
  const guest = await insist(cpo, 'POST', '/partners', { name: 'Witness' })
  await witness.register(guest.versions_url, guest.token_a)
  return { cpo: [registered.id, guest.id], emsp: [invited.id] }
}

/** Kills what is planned as soon as it is there to be killed; answers what was hit. */
const strike = async (node, { victim, restartMs, betweenMs }) => {
  const deadline = Date.now() + VICTIM_MS
  const until = async (hit) => {
    while (!hit()) {
      if (Date.now() > deadline)
        throw new Error(`${node.name}: no ${victim} to kill within ${seconds(VICTIM_MS)}`)
      await sleep(20)
    }
  }
  switch (victim) {
    case 'node':
      return until(() => node.killNode(restartMs))
    case 'database server':
      return until(() => node.killDatabase(false))
    case 'database, every process':
      return until(() => node.killDatabase(true))
    case 'node, then its database':
      await until(() => node.killNode(restartMs))
      await sleep(betweenMs)
      return until(() => node.killDatabase(true))
    default:
      throw new Error(`Nobody knows how to kill "${victim}".`)
  }
}

const runKills = async ({ nodes, plan, ledger }) => {
  for (const kill of plan) {
    await sleep(kill.gapMs)
    const node = nodes[kill.side]
    const state = (await node.isReady()) ? 'ready' : node.running ? 'recovering' : 'down'
    await strike(node, kill)
    const number = `${kill.number}/${plan.length}`.padStart(String(plan.length).length * 2 + 1)
    say(
      `kill ${number}  ${kill.side.padEnd(4)}  ${kill.victim.padEnd(24)} while ${state.padEnd(10)}  ${ledger.counts.acknowledged} writes acknowledged`,
    )
  }
}

const backlogOf = async (node, partnerIds) => {
  let left = 0
  for (const id of partnerIds) {
    const answer = await call(node, 'GET', `/partners/${id}`)
    if (answer?.status !== 200) return undefined
    left += Object.values(answer.body.health.backlog).reduce((sum, count) => sum + count, 0)
  }
  return left
}

/** Waits until everybody holds the same; answers what is different when that does not happen in time. */
const converge = async ({ cpo, emsp, witness, partners }) => {
  const began = performance.now()
  for (;;) {
    const backlog = [await backlogOf(cpo, partners.cpo), await backlogOf(emsp, partners.emsp)]
    const late = performance.now() - began > CONVERGE_MS
    if (late || backlog.every((left) => left === 0)) {
      const views = await readBoth({ cpo, emsp })
      const different = differences(views, witness)
      const orders = await listOrders(emsp)
      // An order whose process was killed while it was sent is sent again after a minute.
      const open = orders.filter(({ state }) => state === 'SENDING')
      if ((different.length === 0 && open.length === 0) || late)
        return { views, different, backlog, orders, open, convergeMs: performance.now() - began }
    }
    await sleep(500)
  }
}

const refusalsOf = async (node, partnerIds) => {
  const lists = await Promise.all(partnerIds.map((id) => insist(node, 'GET', `/partners/${id}/refusals`)))
  return lists.flatMap(({ items }) => items.map((refusal) => ({ node: node.name, ...refusal })))
}

/** The whole run: two nodes and a witness, load, kills, and the comparison at the end. Throws when it cannot go on. */
export const crashTest = async ({ cpo, emsp, witness, random, plan }) => {
  const began = performance.now()
  const nodes = { cpo, emsp }
  cpo.start()
  emsp.start()
  await Promise.all([cpo.untilReady(), emsp.untilReady()])
  say(`Both nodes are ready.`)
  await insist(cpo, 'PUT', `/parties/${CPO.country_code}/${CPO.party_id}`, {
    roles: ['CPO'],
    ...details('Crash CPO'),
  })
  await insist(emsp, 'PUT', `/parties/${EMSP.country_code}/${EMSP.party_id}`, {
    roles: ['EMSP'],
    ...details('Crash eMSP'),
  })
  const ledger = new Ledger(random)
  const load = createLoad({ cpo, emsp, ledger, random })
  const bookings = createBookingLoad({ cpo, emsp, random })
  await load.prepare()
  await bookings.prepare()
  const partners = await connect({ cpo, emsp, witness })
  say(`${ledger.subjects.size} objects written, all sides registered; load and kills begin.`)
  load.start()
  bookings.start()
  const loadBegan = performance.now()
  await runKills({ nodes, plan, ledger })
  // The last kill is followed by some load too.
  await sleep(2_000)
  await Promise.all([load.stop(), bookings.stop()])
  const loadMs = performance.now() - loadBegan
  say(
    `Load has stopped: ${ledger.counts.acknowledged} writes acknowledged. Nothing more is done for the nodes.`,
  )
  await Promise.all([cpo.untilReady(), emsp.untilReady()])
  const end = await converge({ cpo, emsp, witness, partners })
  return {
    ...end,
    ledger,
    witness,
    nodes: [cpo, emsp],
    kills: plan,
    sessions: load.sessions,
    loadMs,
    wholeMs: performance.now() - began,
    lost: lostWrites(end.views, ledger),
    doubledPeriods: doubledPeriods(end.views),
    bookings: bookings.told,
    bookingFaults: bookingFaults(
      end.views.find(({ collection }) => collection === 'bookings'),
      end.orders,
      bookings.told,
    ),
    refusals: [...(await refusalsOf(cpo, partners.cpo)), ...(await refusalsOf(emsp, partners.emsp))],
    ready: await Promise.all([cpo.isReady(), emsp.isReady()]),
  }
}
