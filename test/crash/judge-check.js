import { bookingFaults } from './booking-faults.js'
import { canonicalText, differences, doubledPeriods, lostWrites } from './compare.js'
import { Witness } from './witness.js'

const assert = (holds, what) => {
  if (!holds) throw new Error(`The judge is blind: ${what}. A run would prove nothing.`)
}

const view = (collection, own, received) => [{ collection, owner: 'cpo', own, received }]
const nobody = { held: new Map() }

const subjectIn = (acknowledged, attempted) => ({
  subjects: new Map([
    [
      'a',
      {
        key: 'a',
        collection: 'tariffs',
        acknowledged,
        attempted,
        expected: (n) => (n === 9 ? null : { n }),
        find: (documents) => documents.find(({ id }) => id === 'A'),
      },
    ],
  ]),
})
const lost = (acknowledged, attempted, found) =>
  lostWrites(
    view('tariffs', found === undefined ? [] : [{ id: 'A', n: found }], []),
    subjectIn(acknowledged, attempted),
  ).length

const checkLedger = () => {
  assert(lost(3, 5, 2) === 1, 'an older state than the acknowledged one passes')
  assert(lost(3, 5, 6) === 1, 'a state nobody wrote passes')
  assert(lost(3, 5, undefined) === 1, 'a missing object passes')
  assert(lost(9, 9, 3) === 1, 'a deleted object that is back passes')
  assert(
    lost(3, 5, 3) + lost(3, 5, 5) + lost(9, 9, undefined) + lost(-1, 2, undefined) === 0,
    'right states fail',
  )
}

const checkDifferences = () => {
  const a = { id: 'A', n: 1 }
  const count = (own, received) => differences(view('tariffs', own, received), nobody).length
  assert(count([a], []) === 1, 'a missing object passes')
  assert(count([], [a]) === 1, 'an extra object passes')
  assert(count([a], [{ ...a, n: 2 }]) === 1, 'other content passes')
  assert(count([a], [a, a]) === 1, 'an object that is there twice passes')
  assert(count([a], [{ n: 1, id: 'A' }]) === 0, 'the order of names counts')
  assert(
    canonicalText({ list: [1, 2] }) !== canonicalText({ list: [2, 1] }),
    'the order of a list does not count',
  )
  const period = { start_date_time: 'x' }
  const session = { id: 'S', charging_periods: [period, period] }
  assert(doubledPeriods(view('sessions', [], [session])).length === 1, 'a period that is there twice passes')
}

const checkBookings = () => {
  const booking = (id, change = {}) => ({
    id,
    request_id: `request of ${id}`,
    period: { start_date_time: '10', end_date_time: '11' },
    reservation_status: 'RESERVED',
    booking_requests: [{ booking_request: { booking_location_id: 'P' } }],
    ...change,
  })
  const nothing = { orders: new Set(), answered: new Map(), granted: new Set(), cancelled: new Set() }
  const faults = (own, told = {}, orders = [], received = own) =>
    bookingFaults({ own, received }, orders, { ...nothing, ...told }).length
  const [a, b] = [booking('A'), booking('B')]
  const answered = new Map([['request of A', 'A']])
  const lapsed = booking('A', { reservation_status: 'CANCELED' })
  assert(faults([a, b]) === 1, 'a slot that is given twice passes')
  assert(
    faults([a, booking('B', { period: { start_date_time: '11', end_date_time: '12' } })]) === 0,
    'slots that touch count as one',
  )
  assert(
    faults([a, booking('B', { ...lapsed, id: 'B', request_id: 'other' })]) === 0,
    'a cancelled booking keeps its slot',
  )
  assert(faults([lapsed, { ...lapsed, id: 'B' }]) === 2, 'a request that is two bookings passes')
  assert(faults([], { answered }) === 2, 'an answered booking that is nowhere passes')
  assert(faults([a], { answered }, [], []) === 1, 'an answered booking that the eMSP forgot passes')
  assert(
    faults([booking('A', { reservation_status: 'PENDING' })], { granted: new Set(['A']) }) === 1,
    'a forgotten decision passes',
  )
  assert(faults([a], { cancelled: new Set(['A']) }) === 1, 'a forgotten cancellation passes')
  assert(faults([], { orders: new Set(['O']) }) === 1, 'an order that is gone passes')
  assert(faults([], {}, [{ id: 'O', state: 'FAILED' }]) === 1, 'an order that failed passes')
  assert(
    faults([a], { answered, granted: new Set(['A']) }, [{ id: 'O', state: 'ANSWERED' }]) === 0,
    'right bookings fail',
  )
}

const checkWitness = async (port) => {
  const witness = new Witness({ between: () => 0 })
  await witness.start(port)
  const send = (method, path, body) =>
    fetch(`${witness.url}/2.3.0/${path}`, { method, body: JSON.stringify(body) }).then((answer) =>
      answer.json(),
    )
  await send('POST', 'cdrs', { id: 'C' })
  assert(witness.doubled.length === 0, 'the first CDR counts as a second')
  await send('POST', 'cdrs', { id: 'C' })
  await send('PUT', 'tariffs/DE/CRA/T', { id: 'T', last_updated: '2026-01-02' })
  await send('PUT', 'tariffs/DE/CRA/T', { id: 'T', last_updated: '2026-01-01' })
  await witness.stop()
  assert(witness.doubled.length === 1, 'a CDR that is sent twice passes')
  assert(witness.disordered.length === 1, 'an older state after a newer one passes')
}

/** Shows the judge of a run one example of everything it must see; throws when it does not see it. */
export const checkJudge = async (port) => {
  checkLedger()
  checkDifferences()
  checkBookings()
  await checkWitness(port)
}
