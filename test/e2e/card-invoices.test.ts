import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect } from '../support/connect.js'
import { cdr, cdrToken, confirmation, evse, location, terminal } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** Who makes the invoice of a card payment, and what places with a payment terminal say of themselves. */
const PTP = { country_code: 'AT', party_id: 'PTP' }

let cpo: TestNode
let ptp: Connected
let provider: TestNode
let foreignCpo: Connected

const paid = (id: string, evseUid: string, change: object = {}) =>
  cdr(id, {
    authorization_reference: `REF ${id}`,
    cdr_token: cdrToken('PAY-1', { ...PTP, type: 'AD_HOC_USER', contract_id: 'AT-PTP-PAY-1' }),
    cdr_location: { ...(cdr().cdr_location as object), id: 'LOC1', evse_uid: evseUid },
    ...change,
  })
const charge = (id: string, evseUid: string, change: object = {}) =>
  cpo.api('PUT', `/cdrs/DE/CPO/${id}`, paid(id, evseUid, change))
const ofTerminals = (path: string, body: unknown) =>
  ptp.party.send('POST', ptp.party.at('payments', 'RECEIVER', path), { body })
const remarks = async (node: TestNode, id: string) =>
  (await node.api('GET', `/payments/${encodeURIComponent(`REF ${id}`)}`)).body as {
    remarks: { code: string; rule: string }[]
    invoice: unknown
  }
/** The provider's terminals, each at one EVSE. */
const held = [
  terminal('BY-CPO', { evse_uids: ['E1'], invoice_base_url: 'https://pay.example/i/' }),
  terminal('BY-PTP', { evse_uids: ['E2'], invoice_creator: 'PTP', invoice_base_url: undefined }),
  terminal('SILENT', { evse_uids: ['E3'], invoice_creator: undefined, invoice_base_url: undefined }),
]
const readers = { capabilities: ['RFID_READER', 'CREDIT_CARD_PAYABLE'] }

beforeAll(async () => {
  cpo = await startTestNode()
  await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  await cpo.api(
    'PUT',
    '/locations/DE/CPO/LOC1',
    location('LOC1', { evses: [evse('E1', readers), evse('E2'), evse('E3')] }),
  )
  ptp = await connect(cpo, { version: '2.3.0', role: 'PTP', party: PTP }, (party) => {
    const base = new URL(party.endpointUrl('payments', 'SENDER')).pathname
    party.routes.set(`GET ${base}/terminals`, () => ({ data: held, headers: { 'x-total-count': '3' } }))
  })
  await eventually('the terminals', async () =>
    (await cpo.api('GET', '/terminals/AT/PTP/SILENT')).status === 200 ? true : undefined,
  )
  provider = await startTestNode()
  await provider.api('PUT', '/parties/AT/PTP', { roles: ['PTP'], business_details: { name: 'Provider' } })
  foreignCpo = await connect(provider, {
    version: '2.3.0',
    role: 'CPO',
    party: { country_code: 'DE', party_id: 'CPO' },
  })
}, 60_000)

afterAll(async () => {
  for (const each of [ptp, foreignCpo]) await each?.party[Symbol.asyncDispose]()
  for (const each of [cpo, provider]) await each?.[Symbol.asyncDispose]()
})

describe('a CDR of a card payment', () => {
  it.each([
    ['with an invoice, where the CPO makes it', 'A1', 'E1', { invoice_reference_id: 'INV-1' }],
    ['without one, where the provider makes it', 'A2', 'e2', {}],
    ['with an invoice, where the terminal does not say', 'A3', 'E3', { invoice_reference_id: 'INV-3' }],
    ['without one, where the terminal does not say', 'A4', 'E3', {}],
    ['at a place without a terminal', 'A5', 'E9', { invoice_reference_id: 'INV-5' }],
    [
      'of a card with a contract',
      'A6',
      'E2',
      { invoice_reference_id: 'INV-6', cdr_token: cdrToken('CARD', { ...PTP, type: 'RFID' }) },
    ],
  ])('%s is taken as it is (PAY-025, PAY-026)', async (_what, id, uid, change) => {
    const { status, body } = await charge(id, uid, change)
    expect([status, (body as { findings?: unknown }).findings ?? []]).toEqual([201, []])
    expect((await remarks(cpo, id)).remarks.map(({ code }) => code)).not.toContain('invoice_creator_differs')
  })

  it.each([
    [
      'with an invoice of the CPO, although the provider makes it',
      'B1',
      'E2',
      { invoice_reference_id: 'INV-1' },
    ],
    ['without an invoice, although the CPO makes it', 'B2', 'E1', {}],
  ])(
    '%s is stored with a warning, and somebody is told (PAY-025, PAY-026)',
    async (_what, id, uid, change) => {
      const { status, body } = await charge(id, uid, change)
      expect([status, body]).toMatchObject([
        201,
        { findings: [{ pointer: '/invoice_reference_id', rule: 'PAY-026', severity: 'warning' }] },
      ])
      expect((await cpo.api('GET', `/cdrs/DE/CPO/${id}`)).body).toMatchObject({ id, ...change })
      expect((await remarks(cpo, id)).remarks).toContainEqual(
        expect.objectContaining({ code: 'invoice_creator_differs', rule: 'PAY-026' }),
      )
      expect(
        await readEvent(cpo, 'cdr.invoice_creator_differs', (line) => line.includes(`"${id}"`)),
      ).toContain(`"authorization_reference":"REF ${id}"`)
    },
  )

  it('that arrives at the provider against what its terminal says is kept, and the provider is told (PAY-026)', async () => {
    expect(
      (
        await provider.api('PUT', '/terminals/AT/PTP/T1', {
          country_code: 'DE',
          party_id: 'CPO',
          invoice_creator: 'PTP',
        })
      ).status,
    ).toBe(201)
    const assign = await foreignCpo.party.send(
      'PATCH',
      foreignCpo.party.at('payments', 'SENDER', '/terminals/T1'),
      { body: { location_ids: ['LOC1'], last_updated: new Date().toISOString() } },
    )
    expect(codes(assign)).toEqual([200, 1000])
    const received = paid('C1', 'E1', { invoice_reference_id: 'INV-C1' })
    const url = foreignCpo.party.at('cdrs', 'RECEIVER')
    expect(codes(await foreignCpo.party.send('POST', url, { body: received }))).toEqual([201, 1000])
    expect((await provider.api('GET', '/cdrs/DE/CPO/C1')).body).toEqual(received)
    expect((await remarks(provider, 'C1')).remarks.map(({ code }) => code)).toContain(
      'invoice_creator_differs',
    )
    const event = await readEvent(provider, 'cdr.invoice_creator_differs', (line) => line.includes('"C1"'))
    expect(event).toContain(foreignCpo.id)
  })
})

describe('the invoice of a card payment', () => {
  it('is made elsewhere from what the payment shows: its number, its address, the lines to print (PAY-027, PAY-028)', async () => {
    const lines = ['VISA', 'visa', 'Trace: 7']
    const fac = confirmation('F-A1', { authorization_reference: 'REF A1', eft_data: lines })
    expect(codes(await ofTerminals('/financial-advice-confirmations', fac))).toEqual([201, 1000])
    expect((await remarks(cpo, 'A1')).invoice).toEqual({
      made_by: 'CPO',
      invoice_reference_id: 'INV-1',
      url: 'https://pay.example/i/REF%20A1',
      eft_data: lines,
    })
    expect((await remarks(cpo, 'A2')).invoice).toEqual({
      made_by: 'PTP',
      invoice_reference_id: null,
      url: null,
      eft_data: [],
    })
  })
})

describe('an EVSE that a terminal serves', () => {
  const listed = async () => {
    const { body } = await cpo.api('GET', '/parties/DE/CPO/findings')
    const { items } = body as { items: { rule: string; id: string }[] }
    return items.filter(({ rule }) => rule === 'PAY-043').map(({ id }) => id)
  }

  it('says that it takes cards, or stands among the findings of its party (PAY-043)', async () => {
    expect(await listed()).toEqual(['LOC1/E2', 'LOC1/E3'])
    await cpo.api('PATCH', '/locations/DE/CPO/LOC1/evses/E2', { capabilities: ['PED_TERMINAL'] })
    expect(await listed()).toEqual(['LOC1/E3'])
  })

  it('is named when it is assigned (PAY-043)', async () => {
    const base = new URL(ptp.party.endpointUrl('payments', 'SENDER')).pathname
    const copy = terminal('SILENT', { location_ids: ['loc1'], last_updated: new Date().toISOString() })
    ptp.party.routes.set(`PATCH ${base}/terminals`, () => ({}))
    ptp.party.routes.set(`GET ${base}/terminals/SILENT`, () => ({ data: copy }))
    const answer = await cpo.api('PATCH', '/terminals/AT/PTP/SILENT', { location_ids: ['LOC1'] })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        findings: [{ pointer: '/location_ids', rule: 'PAY-043', message: expect.stringContaining('E3') }],
      },
    })
  })
})
