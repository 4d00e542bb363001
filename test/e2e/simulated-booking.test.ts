import { createWorld, type WorldEvent } from '@interwatt/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { introduce } from '../support/connect.js'
import { location } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** The simulated world books at two real nodes, through their operator APIs only. */
let cpo: TestNode
let emsp: TestNode

beforeAll(async () => {
  cpo = await startTestNode()
  emsp = await startTestNode()
  const business_details = { name: 'Simulated' }
  await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
  await emsp.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
  await introduce({ node: emsp, name: 'eMSP' }, { node: cpo, name: 'CPO' })
})

afterAll(async () => {
  await cpo?.[Symbol.asyncDispose]()
  await emsp?.[Symbol.asyncDispose]()
})

it('a driver books a slot, another is refused, the car charges in it and the CDR names the booking', async () => {
  const events: WorldEvent[] = []
  const door = ({ url, apiKey }: TestNode) => ({ apiUrl: `${url}/api/v1`, apiKey })
  const world = createWorld({
    seed: 3,
    speed: 1_200,
    drivers: 0,
    bookings: 1,
    cpo: { ...door(cpo), countryCode: 'DE', partyId: 'CPO', name: 'Simulated CPO' },
    emsp: { ...door(emsp), countryCode: 'DE', partyId: 'MSP', name: 'Simulated eMSP' },
    locations: [location('LOC1') as never],
    onStep: (event) => events.push(event),
  })
  expect(await world.start()).toEqual({ kind: 'started' })
  const used = await eventually(
    'the booked visit',
    () => events.find(({ type }) => type === 'booking.used'),
    25_000,
  )
  const of = <T extends WorldEvent['type']>(type: T) =>
    events.filter((event): event is Extract<WorldEvent, { type: T }> => event.type === type)
  expect(used).toMatchObject({ status: 'FULFILLED', cdr: expect.stringMatching(/^cdr-/) })
  expect(of('booking.answered').map(({ status }) => status)).toEqual(['RESERVED', 'REJECTED'])
  expect(of('authorization')).toMatchObject([{ allowed: 'ALLOWED', reason: 'booking' }])
  expect(of('session.started')).toHaveLength(1)
  expect(of('trouble')).toEqual([])
  const { booking, cdr } = of('booking.used')[0] ?? { booking: '', cdr: '' }
  const bill = (await emsp.api('GET', `/cdrs/DE/CPO/${cdr}`)).body
  expect(bill).toMatchObject({ booking_id: booking, total_energy: expect.any(Number) })
  const summary = await world.stop()
  expect(summary).toMatchObject({ cdrsWritten: 1, cdrsReceived: 1, cdrsDisputed: 0 })
}, 40_000)
