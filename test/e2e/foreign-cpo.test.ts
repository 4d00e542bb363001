import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  cdr,
  cdr221,
  connector,
  evse,
  location,
  period,
  session,
  session221,
  tariff,
  tariff221,
} from '../support/documents.js'
import { ForeignParty, type OcpiAnswer } from '../support/foreign-party.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** A foreign CPO pushes to our eMSP node: the receiver side of locations, tariffs, sessions and CDRs. */
const later = (seconds: number): string =>
  new Date(Date.parse('2026-03-01T10:00:00Z') + seconds * 1000).toISOString()

const codes = (answer: OcpiAnswer): [number, number | undefined] => [
  answer.http,
  answer.envelope?.status_code,
]
const data = (answer: OcpiAnswer): Record<string, unknown> =>
  (answer.envelope?.data ?? {}) as Record<string, unknown>

describe.each([
  {
    version: '2.2.1' as const,
    aTariff: tariff221,
    aSession: session221,
    aCdr: cdr221,
    price: (n: number) => ({ excl_vat: n }),
  },
  {
    version: '2.3.0' as const,
    aTariff: tariff,
    aSession: session,
    aCdr: cdr,
    price: (n: number) => ({ before_taxes: n }),
  },
])('a foreign CPO in $version', ({ version, aTariff, aSession, aCdr, price }) => {
  let node: TestNode
  let cpo: ForeignParty
  const put = (url: string, body: unknown) => cpo.send('PUT', url, { body })
  const patch = (url: string, body: unknown) => cpo.send('PATCH', url, { body })
  const get = (url: string) => cpo.send('GET', url)
  const locations = (path: string) => cpo.at('locations', 'RECEIVER', `/DE/CPO${path}`)
  const tariffs = (path: string) => cpo.at('tariffs', 'RECEIVER', `/DE/CPO${path}`)
  const sessions = (path: string) => cpo.at('sessions', 'RECEIVER', `/DE/CPO${path}`)

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    // It only pushes: a list that does not hold what it pushed would retire it (LOC-012).
    const endpoints = [{ identifier: 'tokens', role: 'RECEIVER' } as const]
    const party = { country_code: 'DE', party_id: 'CPO' }
    cpo = await ForeignParty.start({ version, role: 'CPO', party, endpoints })
    const { body } = await node.api('POST', '/partners', { name: 'Foreign CPO' })
    const { versions_url, token_a } = body as { versions_url: string; token_a: string }
    await cpo.register(versions_url, token_a)
  })

  afterAll(async () => {
    await cpo?.[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  describe('locations', () => {
    it('are created with 201, replaced with 200, and given back as sent (LOC-037, LOC-040)', async () => {
      expect(codes(await put(locations('/LOC1'), location()))).toEqual([201, 1000])
      expect(codes(await put(locations('/LOC1'), location('LOC1', { last_updated: later(1) })))).toEqual([
        200, 1000,
      ])
      const found = await get(locations('/LOC1'))
      expect(found.http).toBe(200)
      // Content that did not change is not a change, whatever its last_updated says.
      expect(data(found)).toEqual(location())
    })

    it('keep unknown fields at every depth (LOC-141)', async () => {
      const sent = location('LOC-X', {
        vendor: { a: [1, { b: null }] },
        evses: [evse('E9', { vendor_note: 'x', connectors: [connector('1', { colour: 'blue' })] })],
      })
      await put(locations('/LOC-X'), sent)
      expect(data(await get(locations('/LOC-X')))).toEqual(sent)
    })

    it('are found without regard to case and kept as one (LOC-042, TYP-001)', async () => {
      await put(locations('/CaSe1'), location('CaSe1'))
      expect(
        codes(await put(locations('/case1'), location('case1', { name: 'Other', last_updated: later(5) }))),
      ).toEqual([200, 1000])
      expect(data(await get(cpo.at('locations', 'RECEIVER', '/de/cpo/CASE1')))).toMatchObject({
        id: 'case1',
        name: 'Other',
      })
    })

    it('give back EVSEs and connectors on their own addresses', async () => {
      expect(data(await get(locations('/LOC1/E1')))).toEqual(evse('E1'))
      expect(data(await get(locations('/LOC1/E1/1')))).toEqual(connector())
      expect(codes(await get(locations('/LOC1/E1/99')))).toEqual([404, 2003])
      expect(codes(await get(locations('/LOC1/E99')))).toEqual([404, 2003])
      expect(codes(await get(locations('/LOC99')))).toEqual([404, 2003])
    })

    it('change by PATCH of one field and lift the parents (LOC-054, LOC-073, LOC-074)', async () => {
      expect(
        codes(await patch(locations('/LOC1/E1'), { status: 'CHARGING', last_updated: later(60) })),
      ).toEqual([200, 1000])
      const found = data(await get(locations('/LOC1')))
      expect(found).toMatchObject({
        name: 'Depot Süd',
        last_updated: later(60),
        evses: [
          { uid: 'E1', status: 'CHARGING', evse_id: 'DE*TST*E1' },
          { uid: 'E2', status: 'AVAILABLE' },
        ],
      })
      expect(
        codes(await patch(locations('/LOC1/E1/1'), { tariff_ids: ['OTHER'], last_updated: later(90) })),
      ).toEqual([200, 1000])
      expect(data(await get(locations('/LOC1')))).toMatchObject({
        last_updated: later(90),
        evses: [{ last_updated: later(90), status: 'CHARGING', connectors: [{ tariff_ids: ['OTHER'] }] }, {}],
      })
    })

    it('refuse a PATCH without last_updated with 2001 and change nothing (LOC-071)', async () => {
      expect(codes(await patch(locations('/LOC1/E1'), { status: 'BLOCKED' }))).toEqual([200, 2001])
      expect(data(await get(locations('/LOC1/E1')))).toMatchObject({ status: 'CHARGING' })
    })

    it('refuse a PATCH that changes an identity or clears a required field (LOC-076, LOC-079)', async () => {
      expect(codes(await patch(locations('/LOC1/E1'), { uid: 'E7', last_updated: later(100) }))).toEqual([
        200, 2001,
      ])
      expect(codes(await patch(locations('/LOC1'), { city: null, last_updated: later(100) }))).toEqual([
        200, 2001,
      ])
      expect(data(await get(locations('/LOC1')))).toMatchObject({ city: 'Berlin' })
    })

    it('acknowledge what is older and do not apply it (LOC-083, TRN-100)', async () => {
      expect(
        codes(await patch(locations('/LOC1/E1'), { status: 'BLOCKED', last_updated: later(10) })),
      ).toEqual([200, 1000])
      expect(data(await get(locations('/LOC1/E1')))).toMatchObject({ status: 'CHARGING' })
    })

    it('are not locked by a time far in the future (decision 0004)', async () => {
      await put(locations('/FUT/'), location('FUT', { last_updated: '2099-01-01T00:00:00Z', evses: [] }))
      const soon = new Date(Date.now() + 6 * 60_000).toISOString()
      expect(
        codes(
          await put(locations('/FUT'), location('FUT', { name: 'Corrected', last_updated: soon, evses: [] })),
        ),
      ).toEqual([200, 1000])
      expect(data(await get(locations('/FUT')))).toMatchObject({ name: 'Corrected' })
    })

    it('are 404 for a PATCH or an EVSE of something unknown (LOC-053, LOC-081)', async () => {
      expect(codes(await patch(locations('/NOPE'), { name: 'x', last_updated: later(1) }))).toEqual([
        404, 2003,
      ])
      expect(
        codes(await patch(locations('/LOC1/NOPE'), { status: 'BLOCKED', last_updated: later(1) })),
      ).toEqual([404, 2003])
      expect(codes(await put(locations('/NOPE/E1'), evse()))).toEqual([404, 2003])
      expect(codes(await get(locations('/NOPE')))).toEqual([404, 2003])
    })

    it('take a new EVSE under a known location (LOC-052)', async () => {
      expect(codes(await put(locations('/LOC1/E3'), evse('E3')))).toEqual([201, 1000])
      expect((data(await get(locations('/LOC1'))).evses as unknown[]).length).toBe(3)
    })

    it('drop a connector by PUT of its EVSE, never an EVSE (LOC-058, LOC-059)', async () => {
      await put(
        locations('/LOC1/E3'),
        evse('E3', { connectors: [connector('1'), connector('2')], last_updated: later(200) }),
      )
      await put(locations('/LOC1/E3'), evse('E3', { connectors: [connector('2')], last_updated: later(201) }))
      expect((await get(locations('/LOC1/E3/1'))).http).toBe(404)
      await put(
        locations('/LOC1'),
        location('LOC1', { evses: [evse('E1', { last_updated: later(300) })], last_updated: later(300) }),
      )
      expect(data(await get(locations('/LOC1/E2')))).toMatchObject({ status: 'REMOVED' })
    })

    it('have no POST, no DELETE and no list here', async () => {
      for (const method of ['POST', 'DELETE']) {
        const answer = await cpo.send(method, locations('/LOC1'), method === 'POST' ? { body: {} } : {})
        expect(answer.http).toBe(405)
        expect(answer.headers.get('allow')).toContain('PATCH')
      }
    })

    it.each([
      ['a missing city', { city: undefined }, '/city'],
      ['an unknown country', { country: 'DE' }, '/country'],
      [
        'coordinates as numbers',
        { coordinates: { latitude: 52.5, longitude: 13.4 } },
        '/coordinates/latitude',
      ],
      [
        'too few decimals',
        { coordinates: { latitude: '52.5', longitude: '13.404954' } },
        '/coordinates/latitude',
      ],
      ['a bad time zone', { time_zone: 'CET+1' }, '/time_zone'],
      ['a name of 256 characters', { name: 'ü'.repeat(256) }, '/name'],
      ['a tab in a name', { name: 'a\tb' }, '/name'],
      ['an EVSE without connectors', { evses: [evse('E1', { connectors: [] })] }, '/evses/0/connectors'],
      ['an unknown status', { evses: [evse('E1', { status: 'SLEEPING' })] }, '/evses/0/status'],
      ['an id of 37 characters in the EVSE', { evses: [evse('x'.repeat(37))] }, '/evses/0/uid'],
      [
        'hours that end before they begin',
        {
          opening_times: {
            twentyfourseven: false,
            regular_hours: [{ weekday: 1, period_begin: '20:00', period_end: '08:00' }],
          },
        },
        '/opening_times',
      ],
      ['a date that is none', { last_updated: '2026-13-01T00:00:00Z' }, '/last_updated'],
    ])('refuse %s with 2001 and store nothing', async (_what, change, pointer) => {
      const answer = await put(locations('/BAD'), location('BAD', change))
      expect(codes(answer)).toEqual([200, 2001])
      expect(answer.envelope?.status_message).toContain(pointer)
      expect((await get(locations('/BAD'))).http).toBe(404)
    })

    it('refuse ids that differ between URL and body, and foreign parties (LOC-032, LOC-033)', async () => {
      expect(codes(await put(locations('/A'), location('B')))).toEqual([200, 2001])
      expect(codes(await put(locations('/A'), location('A', { party_id: 'ZZZ' })))).toEqual([200, 2001])
      expect(
        codes(
          await put(
            cpo.at('locations', 'RECEIVER', '/FR/ZZZ/A'),
            location('A', { country_code: 'FR', party_id: 'ZZZ' }),
          ),
        ),
      ).toEqual([404, 2000])
      expect(
        codes(await put(cpo.at('locations', 'RECEIVER', '/DE/MSP/A'), location('A', { party_id: 'MSP' }))),
      ).toEqual([404, 2000])
    })

    it('keep the same id of an encoded path apart (TRN-116)', async () => {
      expect(
        codes(await put(locations('/A%2FB%20*1'), location('A/B *1', { evses: [evse('X/1')] }))),
      ).toEqual([201, 1000])
      expect(data(await get(locations('/A%2FB%20*1/X%2F1')))).toMatchObject({ uid: 'X/1' })
    })

    it('treat null, an empty list and nothing the same (TYP-059)', async () => {
      await put(locations('/NULLS'), location('NULLS', { evses: null, name: null, facilities: [] }))
      const found = data(await get(locations('/NULLS')))
      expect(found.name ?? undefined).toBeUndefined()
      expect(codes(await get(locations('/NULLS')))).toEqual([200, 1000])
    })
  })

  describe('tariffs', () => {
    it('are put, given back as sent, deleted and gone', async () => {
      expect(codes(await put(tariffs('/T1'), aTariff('T1')))).toEqual([201, 1000])
      expect(data(await get(tariffs('/T1')))).toEqual(aTariff('T1'))
      expect(
        codes(await put(tariffs('/t1'), aTariff('t1', { currency: 'CHF', last_updated: later(1) }))),
      ).toEqual([200, 1000])
      expect(codes(await cpo.send('DELETE', tariffs('/T1')))).toEqual([200, 1000])
      expect((await get(tariffs('/T1'))).http).toBe(404)
      expect(codes(await cpo.send('DELETE', tariffs('/T1')))).toEqual([404, 2001])
    })

    it('have no PATCH (TAR-006)', async () => {
      expect((await patch(tariffs('/T1'), { currency: 'EUR' })).http).toBe(405)
    })

    it('keep limits with and without tax', async () => {
      const limit =
        version === '2.2.1' ? { excl_vat: 0.5, incl_vat: 0.55 } : { before_taxes: 0.5, after_taxes: 0.55 }
      await put(tariffs('/T2'), aTariff('T2', { min_price: limit }))
      expect(data(await get(tariffs('/T2')))).toMatchObject({ min_price: limit })
    })

    it.each([
      ['an empty element list', { elements: [] }],
      [
        'ENERGY beside a reservation',
        {
          elements: [
            {
              price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }],
              restrictions: { reservation: 'RESERVATION' },
            },
          ],
        },
      ],
      [
        'restrictions as a list',
        { elements: [{ price_components: [{ type: 'FLAT', price: 1, step_size: 1 }], restrictions: [] }] },
      ],
      [
        'a time of 24:00',
        {
          elements: [
            {
              price_components: [{ type: 'FLAT', price: 1, step_size: 1 }],
              restrictions: { end_time: '24:00' },
            },
          ],
        },
      ],
      ['a currency of four letters', { currency: 'EURO' }],
    ])('refuse %s', async (_what, change) => {
      expect(codes(await put(tariffs('/BAD'), aTariff('BAD', change)))).toEqual([200, 2001])
    })
  })

  describe('sessions', () => {
    it('are put and given back as sent (SES-021, SES-040)', async () => {
      expect(codes(await put(sessions('/S1'), aSession('S1')))).toEqual([201, 1000])
      expect(data(await get(sessions('/S1')))).toEqual(aSession('S1'))
    })

    it('append charging periods by PATCH, once each (SES-030, SES-031, SES-038)', async () => {
      const added = period(later(600), 2)
      const change = { kwh: 3.5, charging_periods: [added], last_updated: later(600) }
      expect(codes(await patch(sessions('/S1'), change))).toEqual([200, 1000])
      expect(codes(await patch(sessions('/S1'), change))).toEqual([200, 1000])
      await patch(sessions('/S1'), { charging_periods: [], last_updated: later(601) })
      expect(data(await get(sessions('/S1')))).toMatchObject({
        kwh: 3.5,
        charging_periods: [period(), added],
      })
    })

    it('are replaced whole by PUT (SES-025, SES-026)', async () => {
      await put(
        sessions('/S1'),
        aSession('S1', { charging_periods: undefined, total_cost: undefined, last_updated: later(700) }),
      )
      const found = data(await get(sessions('/S1')))
      expect([found.charging_periods, found.total_cost]).toEqual([undefined, undefined])
    })

    it('refuse a PATCH without last_updated and are 404 when unknown (SES-028, SES-034)', async () => {
      expect(codes(await patch(sessions('/S1'), { kwh: 9 }))).toEqual([200, 2001])
      expect((await patch(sessions('/NOPE'), { kwh: 9, last_updated: later(1) })).http).toBe(404)
      expect((await get(sessions('/NOPE'))).http).toBe(404)
    })

    it('take prices in the shape of the version', async () => {
      await patch(sessions('/S1'), { total_cost: price(1.25), last_updated: later(800) })
      expect(data(await get(sessions('/S1')))).toMatchObject({ total_cost: price(1.25) })
    })

    it('have no DELETE and no longer paths (SES-033, SES-050)', async () => {
      expect((await cpo.send('DELETE', sessions('/S1'))).http).toBe(405)
      expect((await patch(sessions('/S1/charging_periods'), {})).http).toBe(404)
    })
  })

  describe('CDRs', () => {
    const post = (body: unknown) => cpo.send('POST', cpo.at('cdrs', 'RECEIVER'), { body })

    it('are stored with a Location that gives them back (CDR-007, CDR-008)', async () => {
      const answer = await post(aCdr('CDR1'))
      expect(codes(answer)).toEqual([201, 1000])
      const found = await get(String(answer.headers.get('location')))
      expect(data(found)).toEqual(aCdr('CDR1'))
    })

    it('are stored once, however often they are sent (CDR-012)', async () => {
      const first = await post(aCdr('CDR1'))
      expect(codes(first)).toEqual([200, 1000])
      expect(first.headers.get('location')).toContain('CDR1')
      const { body } = await node.api('GET', '/cdrs')
      expect((body as { total: number }).total).toBe(1)
    })

    it('are never changed (CDR-013, CDR-014)', async () => {
      expect(codes(await post(aCdr('cdr1', { total_energy: 21 })))).toEqual([200, 2001])
      const url = String((await post(aCdr('CDR1'))).headers.get('location'))
      expect(data(await get(url))).toMatchObject({ total_energy: 20 })
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect((await cpo.send(method, url, { body: {} })).http).toBe(405)
    })

    it('take a credit CDR and refuse half of one (CDR-072, CDR-075)', async () => {
      const credit = { credit: true, credit_reference_id: 'CDR1', total_cost: price(-9) }
      expect(codes(await post(aCdr('CDR1-C', credit)))).toEqual([201, 1000])
      expect(codes(await post(aCdr('CDR2', { credit: true })))).toEqual([200, 2001])
    })

    it('take unknown locations, command-only tokens and long signed data (CDR-021, CDR-022, CDR-092)', async () => {
      const signed = {
        encoding_method: 'OCMF',
        signed_values: [{ nature: 'End', plain_data: 'p'.repeat(4900), signed_data: 's'.repeat(4900) }],
      }
      const answer = await post(aCdr('CDR3', { signed_data: signed }))
      expect(codes(answer)).toEqual([201, 1000])
      expect(data(await get(String(answer.headers.get('location')))).signed_data).toEqual(signed)
    })

    it('refuse a foreign party in the body and an empty period list (CDR-025, CDR-033)', async () => {
      expect(codes(await post(aCdr('CDR4', { party_id: 'ZZZ' })))).toEqual([200, 2001])
      expect(codes(await post(aCdr('CDR4', { charging_periods: [] })))).toEqual([200, 2001])
    })

    it('are 404 under an unknown address (CDR-016)', async () => {
      expect((await get(cpo.at('cdrs', 'RECEIVER', '/DE/CPO/NOPE'))).http).toBe(404)
    })
  })

  describe('anything', () => {
    it('is 401 without or with a wrong token, ids echoed (TRN-010, TRN-122)', async () => {
      const headers = { 'x-request-id': 'req-1', 'x-correlation-id': 'cor-1' }
      for (const token of [null, 'nobody']) {
        const answer = await cpo.send('PUT', locations('/LOC1'), { token, body: location(), headers })
        expect(codes(answer)).toEqual([401, 2000])
        expect([answer.headers.get('x-request-id'), answer.headers.get('x-correlation-id')]).toEqual([
          'req-1',
          'cor-1',
        ])
      }
    })

    it('is 400 when it is no JSON, 404 on an unknown path, always in an envelope (TRN-023, TRN-024, TRN-033)', async () => {
      const bad = await cpo.send('PUT', locations('/LOC1'), { bodyText: '{"a":' })
      expect(codes(bad)).toEqual([400, 2001])
      const lost = await cpo.send('GET', `${node.url}/ocpi/${version}/nonsense`)
      expect(codes(lost)).toEqual([404, 2000])
      expect(lost.headers.get('content-type')).toContain('application/json')
    })

    it('swaps routing headers in the answer', async () => {
      const headers = {
        'OCPI-from-country-code': 'DE',
        'OCPI-from-party-id': 'CPO',
        'OCPI-to-country-code': 'DE',
        'OCPI-to-party-id': 'MSP',
      }
      const answer = await cpo.send('GET', locations('/LOC1'), { headers })
      expect(answer.headers.get('ocpi-to-party-id')).toBe('CPO')
      expect(answer.headers.get('ocpi-from-party-id')).toBe('MSP')
    })

    it('is recorded for the operator where it deviates: where, which rule, how often', async () => {
      for (const id of ['DEV1', 'DEV2']) {
        const evses = [evse('E1', { connectors: [connector('1', { max_voltage: '230' })] })]
        expect(codes(await put(locations(`/${id}`), location(id, { evses })))).toEqual([201, 1000])
      }
      const { body } = await node.api('GET', '/partners')
      const id = (body as { items: { id: string }[] }).items[0]?.id
      const found = (await node.api('GET', `/partners/${id}/findings`)).body as { items: object[] }
      expect(found.items).toContainEqual(
        expect.objectContaining({
          operation: 'locations.receiver.put',
          pointer: '/evses/*/connectors/*/max_voltage',
          rule: 'TYP-040',
          severity: 'warning',
          count: 2,
        }),
      )
      expect(JSON.stringify(found)).toContain('"severity":"error"')
    })

    it('answers 413 to fifty megabytes and goes on', async () => {
      const answer = await cpo
        .send('PUT', locations('/LOC1'), { bodyText: `{"x":"${'a'.repeat(50 * 1024 * 1024)}"}` })
        .catch((error: unknown) => error)
      if (!(answer instanceof Error)) expect(codes(answer as OcpiAnswer)).toEqual([413, 2001])
      expect((await get(locations('/LOC1'))).http).toBe(200)
    })
  })
})
