import { cdrKey } from '@interwatt/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect } from '../support/connect.js'
import {
  cdr,
  cdr211,
  cdr221,
  location,
  location211,
  tariff,
  tariff211,
  tariff221,
} from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** CDRs are checked when they have arrived: by the tariffs they hold, with what is stored beside them. */
interface Check {
  readonly outcome: 'agrees' | 'differs' | 'unpriced' | null
  readonly state: string
  readonly difference: { readonly before_taxes?: number; readonly after_taxes?: number } | null
  readonly total: { readonly before_taxes?: number; readonly after_taxes?: number }
  readonly lines: readonly { readonly type: string; readonly billed: number }[]
  readonly findings: readonly { readonly code: string; readonly message: string; readonly pointer: string }[]
  readonly basis: { readonly time_zone: string; readonly policy: object; readonly tolerance: number }
  readonly review: { readonly state: string; readonly note: string | null; readonly by: string } | null
  readonly history: readonly { readonly state: string; readonly by: string }[]
}

const BEFORE = '2026-02-01T00:00:00Z'
const CPO = { country_code: 'DE', party_id: 'CPO' }
const TOKENS = [{ identifier: 'tokens', role: 'RECEIVER' } as const]
const OVERCHARGED = {
  session_id: 'S2',
  total_energy_cost: { excl_vat: 11, incl_vat: 13.09 },
  total_cost: { excl_vat: 11, incl_vat: 13.09 },
}

const checkOf = async (node: TestNode, id: string): Promise<Check> =>
  (await node.api('GET', `/cdrs/DE/CPO/${id}/check`)).body as Check
const checked = (node: TestNode, id: string): Promise<Check> =>
  eventually(`a check of ${id}`, async () => {
    const check = await checkOf(node, id)
    return check.outcome === null ? undefined : check
  })
const found = ({ findings }: Check): readonly string[] => findings.map(({ code }) => code)
const idsOf = async (node: TestNode, query: string): Promise<readonly string[]> => {
  const { body } = await node.api('GET', `/cdrs?${query}`)
  return (body as { items: { id: string }[] }).items.map(({ id }) => id)
}

const eMspWith = async (version: '2.1.1' | '2.2.1' | '2.3.0') => {
  const node = await startTestNode()
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  const cpo = await connect(node, { version, role: 'CPO', party: CPO, endpoints: TOKENS })
  return { node, cpo }
}

describe('CDRs of a foreign CPO on 2.2.1', () => {
  let node: TestNode
  let cpo: Connected
  const put = (module: string, path: string, body: unknown) =>
    cpo.party.send('PUT', cpo.party.at(module, 'RECEIVER', `/DE/CPO${path}`), { body })
  const post = async (body: unknown) =>
    codes(await cpo.party.send('POST', cpo.party.at('cdrs', 'RECEIVER'), { body }))

  beforeAll(async () => {
    ;({ node, cpo } = await eMspWith('2.2.1'))
    await put('locations', '/LOC1', location('LOC1', { last_updated: BEFORE }))
    await put('tariffs', '/AC-DAY', tariff221('AC-DAY', { last_updated: BEFORE }))
    const rules = { accept_when_agrees: true, hold_above: 0.5 }
    expect((await node.api('PUT', `/partners/${cpo.id}/pricing`, { rules })).status).toBe(200)
  })
  afterAll(async () => {
    await cpo?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('agree when they are right, and are accepted where that was agreed (TAR-054, TAR-084)', async () => {
    expect(await post(cdr221('RIGHT'))).toEqual([201, 1000])
    const check = await checked(node, 'RIGHT')
    expect([check.outcome, check.state, check.findings]).toEqual(['agrees', 'accepted', []])
    expect(check.total).toEqual({ before_taxes: 9, after_taxes: 10.71 })
    expect(check.basis).toMatchObject({ time_zone: 'Europe/Berlin', version: '2.2.1', tolerance: 1 })
    expect(check.review).toMatchObject({ by: 'rule', note: 'it agrees' })
  })

  it('are held when they charge too much, with the line named; what is owed stays what they state (CDR-049)', async () => {
    expect(await post(cdr221('DEAR', OVERCHARGED))).toEqual([201, 1000])
    const check = await checked(node, 'DEAR')
    expect([check.outcome, check.state]).toEqual(['differs', 'held'])
    expect(check.difference).toEqual({ before_taxes: 2, after_taxes: 2.38 })
    const part = check.findings.find(({ code }) => code === 'part_differs')
    expect(part?.pointer).toBe('/total_energy_cost')
    expect(part?.message).toContain('ENERGY 20 kWh at 0.45 (/elements/0/price_components/0)')
    expect(check.review?.note).toBe('2.38 EUR more than was computed')
    const { body } = await node.api('GET', '/cdrs/DE/CPO/DEAR')
    expect(body).toMatchObject({ total_cost: { before_taxes: 11 } })
  })

  it('tell it as events, in the stream and to webhooks alike', async () => {
    const event = await readEvent(node, 'cdr.checked', (line) => line.includes('"DEAR"'))
    expect(event).toContain('"outcome":"differs"')
    expect(event).toContain('total_differs')
    expect(await readEvent(node, 'cdr.reviewed', (line) => line.includes('"DEAR"'))).toContain(
      '"state":"held"',
    )
  })

  it('are found by outcome, state and finding', async () => {
    expect(await idsOf(node, 'outcome=differs&state=held&finding=part_differs')).toEqual(['DEAR'])
    expect(await idsOf(node, 'state=accepted')).toEqual(['RIGHT'])
    expect(await idsOf(node, 'finding=long_session')).toEqual([])
  })

  it('say beside a list by how much they differ and why', async () => {
    const { body } = await node.api('GET', '/cdrs?facts=true&outcome=differs')
    const { facts } = body as { facts: { check: { findings: string[] } }[] }
    expect(facts).toMatchObject([
      { check: { outcome: 'differs', state: 'held', difference: { before_taxes: 2 } } },
    ])
    expect(facts[0]?.check.findings).toContain('part_differs')
  })

  it('stay as an operator decided, through another check; the history tells it', async () => {
    const disputed = await node.api('PUT', '/cdrs/DE/CPO/DEAR/review', {
      state: 'disputed',
      note: 'asked them',
    })
    expect(disputed).toMatchObject({
      status: 200,
      body: { state: 'disputed', review: { note: 'asked them' } },
    })
    const again = (await node.api('POST', '/cdrs/DE/CPO/DEAR/check')).body as Check
    expect([again.outcome, again.state]).toEqual(['differs', 'disputed'])
    expect(again.history.map(({ state }) => state)).toEqual(['disputed', 'held'])
    expect(again.history[0]?.by).not.toBe('rule')
    expect(await readEvent(node, 'cdr.reviewed', (line) => line.includes('asked them'))).toContain('disputed')
  })

  it('are looked at beside the tariff that was published, and what the connector can deliver', async () => {
    const { tariffs: _none, ...bare } = cdr221('BARE', { session_id: 'S3' })
    expect(await post(bare)).toEqual([201, 1000])
    expect(await checked(node, 'BARE')).toMatchObject({ outcome: 'agrees' })
    expect(found(await checkOf(node, 'BARE'))).toEqual(['tariff_from_store'])
    const cheaper = { price_components: [{ type: 'ENERGY', price: 0.4, vat: 19, step_size: 1 }] }
    const tariffs = [tariff221('AC-DAY', { elements: [cheaper] })]
    await post(cdr221('OTHER', { session_id: 'S4', tariffs, total_cost: { excl_vat: 8, incl_vat: 9.52 } }))
    expect(found(await checked(node, 'OTHER'))).toEqual(['tariff_not_as_published'])
    const end_date_time = '2026-03-01T10:30:00.000Z'
    await post(cdr221('FAST', { session_id: 'S5', end_date_time, total_time: 0.5 }))
    expect(found(await checked(node, 'FAST'))).toEqual(['energy_impossible'])
  })

  it('are matched with credits, in whatever order they come (CDR-077, CDR-078)', async () => {
    const one = cdr221('ONE', { session_id: 'S6' })
    const total_cost = { excl_vat: -9, incl_vat: -10.71 }
    const credit = { credit: true, credit_reference_id: 'ONE', total_cost }
    expect(await post(cdr221('ONE-C', { session_id: 'S6', ...credit }))).toEqual([201, 1000])
    expect(found(await checked(node, 'ONE-C'))).toEqual(['credit_without_original'])
    await post(one)
    const matched = await eventually('the credit matched', async () => {
      const check = await checkOf(node, 'ONE-C')
      return found(check).length === 0 ? check : undefined
    })
    expect(matched.outcome).toBe('agrees')
    await post(cdr221('ONE-D', { session_id: 'S6', ...credit }))
    expect(found(await checked(node, 'ONE-D'))).toContain('credit_repeated')
  })

  it('of one session twice are told of each other', async () => {
    await post(cdr221('TWIN1', { session_id: 'S7' }))
    await checked(node, 'TWIN1')
    await post(cdr221('TWIN2', { session_id: 's7' }))
    expect(found(await checked(node, 'TWIN2'))).toEqual(['duplicate_of_session'])
    await eventually('the first one checked again', async () =>
      found(await checkOf(node, 'TWIN1')).includes('duplicate_of_session') ? true : undefined,
    )
  })

  it('are checked by the policy of the partner, whose other agreements stay', async () => {
    await node.api('PUT', `/partners/${cpo.id}/profile`, { accepts: { long_texts: true } })
    const policy = { rounding_mode: 'down', 'rounding-digits': '1' }
    const { body } = await node.api('PUT', `/partners/${cpo.id}/pricing`, { policy, tolerance: 0 })
    const agreed = {
      policy: { rounding_mode: 'down', rounding_digits: 1 },
      tolerance: 0,
      rules: { accept_when_agrees: false, hold_above: null, hold_on: [] },
    }
    expect(body).toEqual(agreed)
    expect((await node.api('GET', `/partners/${cpo.id}/pricing`)).body).toEqual(agreed)
    expect((await node.api('GET', `/partners/${cpo.id}/profile`)).body).toMatchObject({
      accepts: { long_texts: true },
    })
    const again = (await node.api('POST', '/cdrs/DE/CPO/RIGHT/check')).body as Check
    expect(again.total).toEqual({ before_taxes: 9, after_taxes: 10.7 })
    expect([again.outcome, again.state]).toEqual(['differs', 'open'])
  })

  it.each([
    ['a CDR nobody knows', 'GET', '/cdrs/DE/CPO/NONE/check', undefined, 404],
    ['a check of one', 'POST', '/cdrs/DE/CPO/NONE/check', undefined, 404],
    ['a decision about one', 'PUT', '/cdrs/DE/CPO/NONE/review', { state: 'held' }, 404],
    ['a state nobody knows', 'PUT', '/cdrs/DE/CPO/RIGHT/review', { state: 'paid' }, 400],
    ['a decision without state', 'PUT', '/cdrs/DE/CPO/RIGHT/review', { note: 'x' }, 400],
    ['a note of two lines', 'PUT', '/cdrs/DE/CPO/RIGHT/review', { state: 'held', note: 'a\nb' }, 400],
    ['an outcome nobody knows', 'GET', '/cdrs?outcome=wrong', undefined, 400],
    ['a finding nobody knows', 'GET', '/cdrs?finding=bad', undefined, 400],
    ['a state of another list', 'GET', '/tariffs?state=held', undefined, 400],
    ['pricing of a partner nobody knows', 'GET', '/partners/none/pricing', undefined, 404],
    ['pricing for one', 'PUT', '/partners/none/pricing', {}, 404],
    ['a policy nobody knows', 'PUT', '/partners/ID/pricing', { policy: { rounding: 'up' } }, 400],
    ['a choice nobody knows', 'PUT', '/partners/ID/pricing', { policy: { flat: 'twice' } }, 400],
    ['a tolerance below nothing', 'PUT', '/partners/ID/pricing', { tolerance: -1 }, 400],
    ['a limit that is no amount', 'PUT', '/partners/ID/pricing', { rules: { hold_above: 'x' } }, 400],
    ['a finding to hold on that is none', 'PUT', '/partners/ID/pricing', { rules: { hold_on: ['x'] } }, 400],
  ])('answer %s with a problem and change nothing', async (_what, method, path, body, status) => {
    const before = (await node.api('GET', `/partners/${cpo.id}/pricing`)).body
    const answer = await node.api(method, path.replace('ID', cpo.id), body)
    expect(answer).toMatchObject({ status, body: { status } })
    expect((await node.api('GET', `/partners/${cpo.id}/pricing`)).body).toEqual(before)
    expect((await checkOf(node, 'RIGHT')).state).toBe('open')
  })

  it('are counted', async () => {
    const text = await (
      await fetch(`${node.url}/metrics`, { headers: { authorization: `Bearer ${node.apiKey}` } })
    ).text()
    expect(text).toMatch(/interwatt_cdr_checks_total\{outcome="agrees"\} [1-9]/)
    expect(text).toMatch(/interwatt_cdr_reviews_total\{state="disputed",by="operator"\} 1/)
  })
})

describe('a node that stops between the arrival of a CDR and its check', () => {
  it('checks it when it is back', async () => {
    const { node, cpo } = await eMspWith('2.3.0')
    try {
      const url = cpo.party.at('cdrs', 'RECEIVER')
      const answer = await cpo.party.send('POST', url, { body: cdr('BEFORE') })
      expect(codes(answer)).toEqual([201, 1000])
      const { stores } = node.node
      await node.node.close()
      // What an acknowledged POST leaves behind when the node dies at that moment.
      const key = cdrKey({ countryCode: 'DE', partyId: 'CPO' }, 'UNCHECKED')
      const upsert = {
        key,
        document: cdr('UNCHECKED', { session_id: 'S2' }),
        lastUpdated: '2026-03-01T10:00:00.000Z',
        versionIn: '2.3.0' as const,
        unmapped: null,
        receivedFrom: cpo.id,
        changedFields: null,
      }
      await stores.objects.write({ reads: [], plan: () => ({ upserts: [upsert], result: null }) })
      expect(await stores.cdrChecks.get(key)).toBeUndefined()
      await node.restart()
      for (const id of ['BEFORE', 'UNCHECKED']) expect((await checked(node, id)).outcome).toBe('agrees')
    } finally {
      await cpo.party[Symbol.asyncDispose]()
      await node[Symbol.asyncDispose]()
    }
  })
})

describe('CDRs of a CPO on 2.1.1', () => {
  it('are compared without taxes, which that version does not have', async () => {
    const { node, cpo } = await eMspWith('2.1.1')
    try {
      const at = (module: string, path = '') => cpo.party.at(module, 'RECEIVER', path)
      await cpo.party.send('PUT', at('locations', '/DE/CPO/LOC1'), { body: location211() })
      await cpo.party.send('PUT', at('tariffs', '/DE/CPO/AC-DAY'), { body: tariff211() })
      const body = cdr211('OLD')
      expect(codes(await cpo.party.send('POST', at('cdrs'), { body }))).toEqual([201, 1000])
      const check = await checked(node, 'OLD')
      expect([check.outcome, check.difference]).toEqual(['agrees', { before_taxes: 0 }])
      expect(check.total).not.toHaveProperty('after_taxes')
      await cpo.party.send('POST', at('cdrs'), { body: cdr211('OLD2', { total_cost: 9.5 }) })
      const dear = await checked(node, 'OLD2')
      expect([dear.outcome, dear.difference]).toEqual(['differs', { before_taxes: 0.5 }])
    } finally {
      await cpo.party[Symbol.asyncDispose]()
      await node[Symbol.asyncDispose]()
    }
  })
})

describe('CDRs that are read from a CPO, and own ones', () => {
  it('are checked as those that are pushed, and own ones never refused', async () => {
    const node = await startTestNode()
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    const endpoints = [{ identifier: 'cdrs', role: 'SENDER' } as const]
    const cpo = await connect(node, { version: '2.3.0', role: 'CPO', party: CPO, endpoints }, (party) => {
      const headers = { 'x-total-count': '1', 'x-limit': '100' }
      party.routes.set('GET /2.3.0/cdrs', () => ({ data: [cdr('PULLED', { session_id: 'P' })], headers }))
      party.routes.set('GET /2.3.0/sender/cdrs', () => ({
        data: [cdr('PULLED', { session_id: 'P' })],
        headers,
      }))
    })
    try {
      const pulled = await eventually('the CDR read', async () => {
        const answer = await node.api('GET', '/cdrs/DE/CPO/PULLED/check')
        return answer.status === 200 ? answer : undefined
      })
      expect(pulled.status).toBe(200)
      expect((await checked(node, 'PULLED')).outcome).toBe('agrees')
      await node.api('PUT', '/parties/DE/OWN', { roles: ['CPO'], business_details: { name: 'Own' } })
      const own = cdr('MINE', {
        party_id: 'OWN',
        tariffs: [tariff('AC-DAY', { party_id: 'OWN' })],
        total_cost: { before_taxes: 12 },
      })
      expect((await node.api('PUT', '/cdrs/DE/OWN/MINE', own)).status).toBe(201)
      const check = await eventually('a check of our own CDR', async () => {
        const { body } = await node.api('GET', '/cdrs/DE/OWN/MINE/check')
        return (body as Check).outcome === null ? undefined : (body as Check)
      })
      expect([check.outcome, check.difference]).toEqual(['differs', { before_taxes: 3 }])
    } finally {
      await cpo.party[Symbol.asyncDispose]()
      await node[Symbol.asyncDispose]()
    }
  })
})
