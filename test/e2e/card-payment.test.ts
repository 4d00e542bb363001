import { createPaymentTerminals, createWorld, type PaymentTerminals, type World } from '@interwatt/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evse, location } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** Two nodes and the simulator: a card at a terminal, a session, its CDR, and what was captured. */
const CPO = { countryCode: 'DE', partyId: 'SIM' }
const PTP = { countryCode: 'AT', partyId: 'PTP' }
const CALM = {
  commandFailure: 0,
  commandLate: 0,
  commandSilent: 0,
  lateMs: 50,
  faultsPerEvseDay: 0,
  blocksPerEvseDay: 0,
}
const place = { terminalId: 'T1', ...CPO, locationId: 'LOC1', evseUid: 'E1' }

let cpo: TestNode
let ptp: TestNode
let world: World
let terminals: PaymentTerminals

const door = (node: TestNode) => ({ apiUrl: `${node.url}/api/v1`, apiKey: node.apiKey })
const isThere = (node: TestNode, path: string) =>
  eventually(path, async () => {
    const { status, body } = await node.api('GET', path)
    return status === 200 ? (body as Record<string, unknown>) : undefined
  })

beforeAll(async () => {
  cpo = await startTestNode()
  ptp = await startTestNode()
  const business_details = { name: 'Test' }
  await cpo.api('PUT', '/parties/DE/SIM', { roles: ['CPO'], business_details })
  await ptp.api('PUT', '/parties/AT/PTP', { roles: ['PTP'], business_details })
  const invited = await cpo.api('POST', '/partners', {
    name: 'Terminals',
    modules: [{ identifier: 'payments', role: 'RECEIVER' }],
  })
  const { versions_url, token_a } = invited.body as Record<string, string>
  const registered = await ptp.api('POST', '/partners', { name: 'Charging', versions_url, token_a })
  expect(registered.body).toMatchObject({ status: 'REGISTERED', version: '2.3.0' })
  world = createWorld({
    seed: 11,
    speed: 1800,
    cpo: { ...door(cpo), ...CPO, name: 'Simulated CPO' },
    // The eMSP of the world has no drivers here.
    emsp: { ...door(cpo), countryCode: 'DE', partyId: 'DRV', name: 'Simulated eMSP' },
    locations: [location('LOC1', { evses: [evse('E1'), evse('E2')] })] as never,
    drivers: 0,
    rates: CALM,
    pushEveryMs: 200,
  })
  expect(await world.start()).toEqual({ kind: 'started' })
  terminals = createPaymentTerminals({ ...door(ptp), ...PTP, name: 'Test', patienceMs: 30_000 })
  expect(await terminals.start()).toEqual({ kind: 'started' })
})

afterAll(async () => {
  await terminals?.stop()
  await world?.stop()
  // NOTE: fetch may have opened a connection that it never used; a server that closes waits a minute for its first request.
  for (const node of [cpo, ptp]) node?.node.app.server.closeAllConnections()
  await ptp?.[Symbol.asyncDispose]()
  await cpo?.[Symbol.asyncDispose]()
})

it('both nodes know each other as CPO and payment terminal provider (ROL-015, PAY-040)', async () => {
  const { body } = await cpo.api('GET', '/partners')
  expect(JSON.stringify(body)).toContain('"role":"PTP"')
  expect(JSON.stringify(body)).toContain('"identifier":"payments","role":"SENDER"')
})

it('a terminal arrives at the CPO, which assigns it, and the assignment arrives at the provider (PAY-005, PAY-009, PAY-010)', async () => {
  expect(await terminals.install('T1', CPO)).toBeUndefined()
  await isThere(cpo, '/terminals/AT/PTP/T1')
  await isThere(ptp, '/locations/DE/SIM/LOC1')
  expect(await terminals.pay(place)).toMatchObject({ kind: 'released', reference: undefined })
  const assigned = await cpo.api('PATCH', '/terminals/AT/PTP/T1', { location_ids: ['LOC1'] })
  expect(assigned.status).toBe(200)
  expect((await ptp.api('GET', '/terminals/AT/PTP/T1')).body).toMatchObject({ location_ids: ['LOC1'] })
})

it('a card pays for a session, to the cent of its CDR (PAY-021 to PAY-024, PAY-031, PAY-038)', async () => {
  const end = await terminals.pay(place)
  if (end.kind !== 'paid') throw new Error(end.reason)
  const { reference, cdr, capture, confirmationId } = end
  expect(cdr).toMatchObject({
    authorization_reference: reference,
    cdr_token: { type: 'AD_HOC_USER', party_id: 'PTP' },
  })
  expect(capture).toMatchObject({ status: 'SUCCESS', total: cdr.total_cost })
  const fac = await isThere(cpo, `/financial-advice-confirmations/AT/PTP/${confirmationId}`)
  expect(fac).toMatchObject({ authorization_reference: reference, total_costs: cdr.total_cost })
  for (const node of [cpo, ptp])
    expect((await node.api('GET', `/payments/${reference}`)).body).toMatchObject({
      sessions: [{ document: { status: 'COMPLETED' } }],
      cdrs: [{ document: { id: cdr.id } }],
      financial_advice_confirmations: [{ document: { id: confirmationId } }],
      amounts: [
        { currency: 'EUR', captured: capture.amount, difference: expect.stringMatching(/^0(\.0+)?$/) },
      ],
      remarks: [],
    })
  expect(
    await readEvent(cpo, 'financial_advice_confirmation.created', (line) => line.includes(reference)),
  ).toContain(capture.amount)
})

it('a deactivated terminal starts nothing any more (PAY-019)', async () => {
  expect((await cpo.api('POST', '/terminals/AT/PTP/T1/deactivate')).status).toBe(200)
  expect(await terminals.pay(place)).toMatchObject({ kind: 'released', reference: undefined })
})
