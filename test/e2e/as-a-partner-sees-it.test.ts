import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, connect } from '../support/connect.js'
import { location, session, tariff, tariff221 } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** What the operator is told a partner gets is what the partner gets. */
describe('an object as a partner of another version sees it', () => {
  let node: TestNode
  let emsp: Connected
  let partner = ''
  const get = async (path: string) => {
    const response = await fetch(`${node.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${node.apiKey}` },
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  const taxed = tariff('TAXED', {
    tax_included: 'YES',
    elements: [{ price_components: [{ type: 'FLAT', price: 1.19, step_size: 1 }] }],
  })

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    emsp = await connect(node, {
      version: '2.2.1',
      role: 'EMSP',
      party: { country_code: 'DE', party_id: 'MSP' },
    })
    partner = emsp.id
    await node.api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff())
    await node.api('PUT', '/tariffs/DE/CPO/TAXED', taxed)
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1', { help_phone: '+49 30 0000000' }))
    await node.api('PUT', '/locations/DE/CPO/HIDDEN', location('HIDDEN', { publish: false }))
    const other = { ...session().cdr_token, party_id: 'OTH' }
    await node.api('PUT', '/sessions/DE/CPO/S1', session('S1', { cdr_token: other }))
  })
  afterAll(async () => {
    await emsp?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('is the very document that is pushed to it', async () => {
    const pushed = await arrives(
      emsp.party,
      'the location',
      ({ method, path }) => method === 'PUT' && path.endsWith('/DE/CPO/LOC1'),
    )
    const shown = await get(`/locations/DE/CPO/LOC1?partner=${partner}`)
    expect(shown.status).toBe(200)
    expect(shown.body).toEqual(pushed.body)
    expect(shown.headers.get('x-interwatt-losses')).toBe('1')
    expect((await get(`/tariffs/DE/CPO/AC-DAY?partner=${partner}`)).body).toEqual(tariff221())
  })

  it('comes with every loss, its place and its reason', async () => {
    const { body } = await get(`/locations/DE/CPO/LOC1?partner=${partner}&losses=true`)
    expect(body).toMatchObject({
      version: '2.2.1',
      document: { id: 'LOC1' },
      withheld: null,
      losses: [{ pointer: '/help_phone', reason: expect.stringMatching(/./), severity: 'lost' }],
    })
    const own = await get('/locations/DE/CPO/LOC1?losses=true')
    expect(own.body).toMatchObject({ version: '2.3.0', losses: [] })
  })

  it('is withheld, with the reason, when its version cannot hold it', async () => {
    const refused = await get(`/tariffs/DE/CPO/TAXED?partner=${partner}`)
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({
      title: 'Withheld in OCPI 2.2.1',
      detail: expect.stringContaining('VAT'),
    })
    expect((await get('/tariffs/DE/CPO/TAXED?version=2.2.1')).status).toBe(409)
    const whole = await get('/tariffs/DE/CPO/TAXED?version=2.2.1&losses=true')
    expect(whole.body).toMatchObject({ document: null, withheld: expect.stringContaining('VAT') })
    expect((whole.body as { losses: unknown[] }).losses).not.toEqual([])
  })

  it('is withheld, with the reason, when the partner is not sent it at all', async () => {
    const unpublished = await get(`/locations/DE/CPO/HIDDEN?partner=${partner}&losses=true`)
    expect(unpublished.body).toMatchObject({
      document: null,
      withheld: 'Not sent: the location is not published.',
    })
    const foreign = await get(`/sessions/DE/CPO/S1?partner=${partner}`)
    expect(foreign.status).toBe(409)
    expect(foreign.body).toMatchObject({ detail: expect.stringContaining('ROL-009') })
  })

  it('needs a partner that exists, and no version besides', async () => {
    expect((await get('/locations/DE/CPO/LOC1?partner=nobody')).status).toBe(404)
    expect((await get(`/locations/DE/CPO/LOC1?partner=${partner}&version=2.2.1`)).status).toBe(400)
    const invited = await node.api('POST', '/partners', { name: 'Not yet' })
    const { id } = invited.body as { id: string }
    expect((await get(`/locations/DE/CPO/LOC1?partner=${id}`)).status).toBe(409)
    expect((await get(`/partners/${id}/losses`)).status).toBe(409)
  })

  it('can lose what the page of the partner lists, each way', async () => {
    const { body } = await get(`/partners/${partner}/losses`)
    expect(body).toMatchObject({
      sent: expect.arrayContaining([
        expect.objectContaining({ document: 'location', from: '2.3.0', to: '2.2.1', pointer: '/help_phone' }),
      ]),
      received: expect.arrayContaining([expect.objectContaining({ from: '2.2.1', to: '2.3.0' })]),
    })
  })
})
