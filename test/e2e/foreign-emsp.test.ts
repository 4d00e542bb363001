import { checkDocument, type DocumentName, schemaOf } from '@interwatt/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect, crawl, data, later, list, nextOf } from '../support/connect.js'
import { cdr, cdrToken, connector, evse, location, session, tariff } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** Foreign eMSPs read our CPO node: sender lists and objects, visibility, charging preferences. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const MODULES = [
  { module: 'locations', name: 'location' },
  { module: 'tariffs', name: 'tariff' },
  { module: 'sessions', name: 'session' },
  { module: 'cdrs', name: 'cdr' },
] as const satisfies readonly { module: string; name: DocumentName }[]

const numbered = [1, 2, 3, 4, 5]

describe.each(['2.2.1', '2.3.0'] as const)('a foreign eMSP in %s', (version) => {
  let node: TestNode
  let emsp: Connected
  let other: Connected
  let map: Connected
  const at = (module: string, path = '') => emsp.party.at(module, 'SENDER', path)
  const get = (url: string) => emsp.party.send('GET', url)

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    for (const n of numbered) {
      const last_updated = later(n)
      const tariff_ids = ['AC-DAY', 'T2']
      const evses = [evse('E1', { connectors: [connector('1', { tariff_ids })] }), evse('E2')]
      await node.api(
        'PUT',
        `/tariffs/DE/CPO/T${n}`,
        tariff(`T${n}`, { last_updated, type: n === 2 ? 'PROFILE_FAST' : 'REGULAR' }),
      )
      await node.api('PUT', `/locations/DE/CPO/LOC${n}`, location(`LOC${n}`, { last_updated, evses }))
      await node.api('PUT', `/sessions/DE/CPO/S${n}`, session(`S${n}`, { last_updated }))
      await node.api('PUT', `/cdrs/DE/CPO/CDR${n}`, cdr(`CDR${n}`, { last_updated }))
    }
    await node.api('PUT', '/sessions/DE/CPO/OTHER', session('OTHER', { cdr_token: cdrToken('X', OTHER) }))
    await node.api('PUT', '/cdrs/DE/CPO/OTHER', cdr('OTHER', { cdr_token: cdrToken('X', OTHER) }))
    const role = 'EMSP'
    emsp = await connect(node, { version, role, party: { country_code: 'DE', party_id: 'MSP' } })
    other = await connect(node, { version, role, party: OTHER })
    map = await connect(node, { version, role: 'NSP', party: { country_code: 'FR', party_id: 'MAP' } })
  })

  afterAll(async () => {
    for (const each of [emsp, other, map]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('finds exactly the modules a CPO offers an eMSP (VER-004, VER-005, ROL-004)', () => {
    const since = version === '2.3.0' ? ['Booking SENDER'] : []
    expect([...emsp.party.nodeEndpoints.keys()].sort()).toEqual([
      ...since,
      'cdrs SENDER',
      'chargingprofiles RECEIVER',
      'commands RECEIVER',
      'locations SENDER',
      'sessions SENDER',
      'tariffs SENDER',
      'tokens RECEIVER',
    ])
    expect([...map.party.nodeEndpoints.keys()].sort()).toEqual(['locations SENDER', 'tariffs SENDER'])
  })

  describe.each(MODULES)('the list of $module', ({ module, name }) => {
    it('comes in pages with total, cap and next link, in order of creation (TRN-060 to TRN-070)', async () => {
      const pages = await crawl(emsp.party, at(module, `?limit=2&date_from=${later(1)}`))
      expect(pages.map((page) => list(page).length)).toEqual([2, 2, 1])
      const ids = pages.flatMap(list).map((item) => String(item.id))
      expect(ids.map((id) => id.at(-1))).toEqual(
        module === 'tariffs' ? ids.map((id) => id.at(-1)) : ['1', '2', '3', '4', '5'],
      )
      expect(new Set(ids).size).toBe(5)
      for (const page of pages) {
        expect(codes(page)).toEqual([200, 1000])
        expect(page.headers.get('x-total-count')).toBe('5')
        expect(Number(page.headers.get('x-limit'))).toBeGreaterThanOrEqual(2)
        expect(page.headers.get('x-limit')).toBe(pages[0]?.headers.get('x-limit'))
      }
      expect(nextOf(pages[0] as never)).toContain('date_from=')
      expect(nextOf(pages[0] as never)?.startsWith(`${node.url}/`)).toBe(true)
    })

    it('holds whole documents of the version (TRN-031, SES-011)', async () => {
      const items = list(await get(at(module)))
      expect(items.length).toBeGreaterThan(0)
      const schema = schemaOf(version, name)
      for (const item of items) expect(checkDocument(schema as never, item, 'whole')).toEqual([])
    })

    it('takes offset, and an empty page still says how many there are (TRN-061, TRN-064)', async () => {
      const all = list(await get(at(module)))
      const tail = await get(at(module, '?offset=3'))
      expect(list(tail)).toEqual(all.slice(3))
      expect(tail.headers.get('x-total-count')).toBe(String(all.length))
      const empty = await get(at(module, '?date_from=2090-01-01T00:00:00Z'))
      expect([codes(empty), empty.envelope?.data, nextOf(empty)]).toEqual([[200, 1000], [], undefined])
      expect(empty.headers.get('x-total-count')).toBe('0')
      expect(Number(empty.headers.get('x-limit'))).toBeGreaterThan(0)
    })

    it('takes date_from in and date_to out, in every form of the same instant (TRN-062, TYP-021, TYP-026)', async () => {
      for (const [from, to] of [
        [later(3), later(5)],
        ['2026-03-01T10:00:03Z', '2026-03-01T10:00:05'],
        ['2026-03-01T10:00:03+00:00', '2026-03-01T12:00:05%2B02:00'],
      ])
        expect(
          list(await get(at(module, `?date_from=${from}&date_to=${to}`))).map((item) =>
            String(item.id).at(-1),
          ),
        ).toEqual(['3', '4'])
    })

    it.each([
      'limit=0',
      'limit=-1',
      'limit=x',
      'offset=-1',
      'offset=1.5',
      'date_from=yesterday',
      'cursor=%00',
    ])('answers 2001 to %s (TRN-076)', async (query) =>
      expect(codes(await get(at(module, `?${query}`)))).toEqual([200, 2001]),
    )

    it('caps the page size and says so (TRN-063, SES-008)', async () => {
      const page = await get(at(module, '?limit=100000'))
      expect(page.headers.get('x-limit')).toBe('1000')
    })

    it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
      'has no %s (LOC-090, SES-020, SES-050, CDR-014)',
      async (method) => {
        const answer = await emsp.party.send(method, at(module), method === 'DELETE' ? {} : { body: {} })
        expect(codes(answer)).toEqual([405, 2000])
        expect(answer.headers.get('allow')).toContain('GET')
      },
    )

    it('is there with and without a trailing slash (TRN-027)', async () => {
      expect(codes(await get(at(module, '/')))).toEqual([200, 1000])
    })

    it('is empty for a request to a party that is not here (HUB-010)', async () => {
      const headers = { 'ocpi-to-country-code': 'XX', 'ocpi-to-party-id': 'YYY' }
      const answer = await emsp.party.send('GET', at(module), { headers })
      expect(list(answer)).toEqual([])
    })
  })

  describe('objects', () => {
    it('are given one by one, whatever the case of the ids (LOC-001, LOC-018)', async () => {
      const found = await get(at('locations', '/loc1'))
      expect(codes(found)).toEqual([200, 1000])
      expect(data(found)).toMatchObject({ id: 'LOC1', evses: [{ uid: 'E1' }, { uid: 'E2' }] })
      expect(data(await get(at('locations', '/LOC1/e1')))).toMatchObject({ uid: 'E1' })
      expect(data(await get(at('locations', '/LOC1/E1/1')))).toMatchObject({ id: '1' })
    })

    it.each(['/NOPE', '/LOC1/NOPE', '/LOC1/E1/NOPE', '/NOPE/E1'])(
      'are 404 with 2003 at %s (LOC-015 to LOC-017)',
      async (path) => {
        expect(codes(await get(at('locations', path)))).toEqual([404, 2003])
      },
    )

    it('are 404 when the EVSE is under another location (LOC-017)', async () => {
      await node.api('PUT', '/locations/DE/CPO/LONE', location('LONE', { evses: [evse('ONLY-HERE')] }))
      expect((await get(at('locations', '/LONE/ONLY-HERE'))).http).toBe(200)
      expect(codes(await get(at('locations', '/LOC1/ONLY-HERE')))).toEqual([404, 2003])
    })

    it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('have no %s', async (method) => {
      for (const path of ['/LOC1', '/LOC1/E1', '/LOC1/E1/1'])
        expect((await emsp.party.send(method, at('locations', path), { body: {} })).http).toBe(405)
    })

    it('show a changed connector in a list by date, with every EVSE (LOC-011, LOC-095)', async () => {
      const before = new Date().toISOString()
      await node.api('PATCH', '/locations/DE/CPO/LOC2/evses/E1/connectors/1', { max_amperage: 16 })
      const changed = list(await get(at('locations', `?date_from=${before}`))).filter(
        (item) => item.id === 'LOC2',
      )
      expect(changed).toMatchObject([
        { evses: [{ uid: 'E1', connectors: [{ max_amperage: 16 }] }, { uid: 'E2' }] },
      ])
      const { last_updated } = changed[0] as { last_updated: string }
      expect(last_updated >= before).toBe(true)
      expect(
        list(await get(at('locations')))
          .map((item) => item.id)
          .indexOf('LOC2'),
      ).toBe(1)
    })

    it('stay visible when removed (LOC-021, LOC-091)', async () => {
      await node.api('DELETE', '/locations/DE/CPO/LOC5/evses/E2')
      expect(data(await get(at('locations', '/LOC5/E2')))).toMatchObject({ status: 'REMOVED' })
      expect(data(await get(at('locations', '/LOC5')))).toMatchObject({ evses: [{}, { status: 'REMOVED' }] })
    })
  })

  describe('visibility', () => {
    it.each(['sessions', 'cdrs'])(
      '%s of another eMSP are neither shown nor counted (TRN-066, SES-010, CDR-004)',
      async (module) => {
        const mine = await get(at(module))
        expect(list(mine).map((item) => item.id)).not.toContain('OTHER')
        expect(mine.headers.get('x-total-count')).toBe('5')
        const theirs = await other.party.send('GET', other.party.at(module, 'SENDER'))
        expect(list(theirs).map((item) => item.id)).toEqual(['OTHER'])
        expect(theirs.headers.get('x-total-count')).toBe('1')
      },
    )

    it('unpublished locations are hidden from a navigation service, in the list and alone (ROL-010)', async () => {
      await node.api('PUT', '/locations/DE/CPO/HIDDEN', location('HIDDEN', { publish: false }))
      const url = (path = '') => map.party.at('locations', 'SENDER', path)
      expect(list(await map.party.send('GET', url())).map((item) => item.id)).not.toContain('HIDDEN')
      for (const path of ['/HIDDEN', '/HIDDEN/E1', '/HIDDEN/E1/1'])
        expect(codes(await map.party.send('GET', url(path)))).toEqual([404, 2003])
      expect((await map.party.send('GET', url('/LOC1'))).http).toBe(200)
    })

    it('modules that a role does not use are 404 (VER-015)', async () => {
      const sessions = emsp.party.at('sessions', 'SENDER')
      expect(codes(await map.party.send('GET', sessions))).toEqual([404, 2000])
      expect(
        codes(
          await map.party.send('POST', emsp.party.at('commands', 'RECEIVER', '/START_SESSION'), { body: {} }),
        ),
      ).toEqual([404, 2000])
    })

    it('locations received from a partner are not passed on (ROL-021)', async () => {
      expect(list(await get(at('locations'))).every((item) => item.party_id === 'CPO')).toBe(true)
    })
  })

  describe('charging preferences', () => {
    const put = (id: string, body: unknown, party = emsp.party) =>
      party.send('PUT', party.at('sessions', 'SENDER', `/${id}/charging_preferences`), { body })

    it('are answered by one word and told to the back end (SES-081)', async () => {
      const answer = await put('s1', {
        profile_type: 'FAST',
        departure_time: '2090-01-01T00:00:00Z',
        energy_need: 20,
      })
      expect([codes(answer), answer.envelope?.data]).toEqual([[200, 1000], 'ACCEPTED'])
      const event = await readEvent(node, 'session.charging_preferences', (text) => text.includes('FAST'))
      expect(event).toContain('"energy_need":20')
    })

    it.each([
      ['a profile without tariff', { profile_type: 'GREEN' }, 'PROFILE_TYPE_NOT_SUPPORTED'],
      ['the regular profile', { profile_type: 'REGULAR' }, 'ACCEPTED'],
    ])('say %s (SES-084)', async (_what, body, response) => {
      expect((await put('S1', body)).envelope).toMatchObject({ status_code: 1000, data: response })
    })

    it.each([
      ['an unknown profile', { profile_type: 'WARP' }],
      ['none', {}],
      ['a departure in the past', { profile_type: 'FAST', departure_time: '2020-01-01T00:00:00Z' }],
      ['negative energy', { profile_type: 'FAST', energy_need: -1 }],
    ])('refuse %s with 2001 (SES-087)', async (_what, body) => {
      expect(codes(await put('S1', body))).toEqual([200, 2001])
    })

    it('are NOT_POSSIBLE for a finished session, 404 for an unknown or foreign one (SES-086)', async () => {
      await node.api(
        'PUT',
        '/sessions/DE/CPO/DONE',
        session('DONE', { status: 'COMPLETED', end_date_time: later(900) }),
      )
      expect((await put('DONE', { profile_type: 'FAST' })).envelope).toMatchObject({
        status_code: 1000,
        data: 'NOT_POSSIBLE',
      })
      expect((await put('NOPE', { profile_type: 'FAST' })).http).toBe(404)
      expect((await put('S1', { profile_type: 'FAST' }, other.party)).http).toBe(404)
    })

    it('are 404 with 2001 where the EVSE cannot take them (SES-082, TRN-054)', async () => {
      await node.api(
        'PUT',
        '/locations/DE/CPO/PLAIN',
        location('PLAIN', { evses: [evse('E1', { capabilities: [] })] }),
      )
      await node.api('PUT', '/sessions/DE/CPO/PLAIN', session('PLAIN', { location_id: 'PLAIN' }))
      expect(codes(await put('PLAIN', { profile_type: 'FAST' }))).toEqual([404, 2001])
    })
  })
})
