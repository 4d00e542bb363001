import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, connect } from '../support/connect.js'
import {
  cdr,
  cdr211,
  cdrToken,
  location,
  location211,
  session,
  session211,
  tariff,
  token,
} from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/**
 * One node between three versions. It is a CPO whose drivers come from an eMSP on 2.2.1, one on 2.3.0 and a second node
 * that it speaks 2.1.1 with; and an eMSP whose drivers charge at a CPO on 2.1.1.
 */
let node: TestNode
let far: TestNode
let mid: Connected
let recent: Connected
let old: Connected

const CARDS = {
  mid: cdrToken('CARD-MID', { country_code: 'NL', party_id: 'MID', contract_id: 'NL-MID-1' }),
  recent: cdrToken('CARD-NEW', { country_code: 'FR', party_id: 'NEW', contract_id: 'FR-NEW-1' }),
  far: cdrToken('CARD-FAR', { country_code: 'SE', party_id: 'FAR', contract_id: 'SE-FAR-1' }),
} as const

const tokenOf = (
  card: { country_code: string; party_id: string; uid: string; contract_id: string },
  more = {},
) =>
  token(card.uid, {
    country_code: card.country_code,
    party_id: card.party_id,
    contract_id: card.contract_id,
    ...more,
  })

const seen = async (at: TestNode, path: string): Promise<Record<string, unknown> | undefined> => {
  const { status, body } = await at.api('GET', path)
  return status === 200 ? (body as Record<string, unknown>) : undefined
}

beforeAll(async () => {
  node = await startTestNode()
  far = await startTestNode()
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Stations' } })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drivers' } })
  await far.api('PUT', '/parties/SE/FAR', { roles: ['EMSP'], business_details: { name: 'Far' } })
  mid = await connect(node, {
    version: '2.2.1',
    role: 'EMSP',
    party: { country_code: 'NL', party_id: 'MID' },
  })
  recent = await connect(node, {
    version: '2.3.0',
    role: 'EMSP',
    party: { country_code: 'FR', party_id: 'NEW' },
  })
  const endpoints = [
    { identifier: 'tokens', role: 'RECEIVER' },
    { identifier: 'commands', role: 'RECEIVER' },
  ] as const
  const party = { country_code: 'AT', party_id: 'OLD' }
  old = await connect(node, { version: '2.1.1', role: 'CPO', party, endpoints })
  const { body } = await node.api('POST', '/partners', { name: 'Far', role: 'EMSP' })
  const { cpo_versions_url, token_a } = body as Record<string, string>
  const joined = await far.api('POST', '/partners', {
    name: 'Stations',
    versions_url: cpo_versions_url,
    token_a,
    version: '2.1.1',
  })
  expect(joined.body).toMatchObject({ status: 'REGISTERED', version: '2.1.1', own: { role: 'EMSP' } })
})

afterAll(async () => {
  for (const each of [mid, recent, old]) await each?.party[Symbol.asyncDispose]()
  await far?.[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe('a station of ours', () => {
  it('is seen by all of them, each in its version', async () => {
    await node.api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff())
    await node.api('PUT', '/locations/DE/CPO/LOC1', location())
    for (const { party } of [mid, recent]) {
      const put = await arrives(party, 'the location', ({ path }) => path.endsWith('/locations/DE/CPO/LOC1'))
      expect(put.body).toMatchObject({ publish: true, evses: [{ connectors: [{ max_voltage: 230 }] }, {}] })
    }
    const there = await eventually('the location', () => seen(far, '/locations/DE/CPO/LOC1'))
    const here = await seen(node, '/locations/DE/CPO/LOC1')
    for (const field of ['id', 'publish', 'name', 'address', 'coordinates', 'time_zone'])
      expect(there[field], field).toEqual(here?.[field])
    expect(there.evses).toMatchObject([
      { uid: 'E1', connectors: [{ max_voltage: 230, tariff_ids: ['AC-DAY'] }] },
      {},
    ])
    expect(await eventually('the tariff', () => seen(far, '/tariffs/DE/CPO/AC-DAY'))).toMatchObject({
      tax_included: 'NO',
      elements: [{ price_components: [{ type: 'ENERGY', price: 0.45, step_size: 1 }] }],
    })
  })

  it('changes its status for all of them', async () => {
    await node.api('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'CHARGING' })
    for (const { party } of [mid, recent])
      await arrives(
        party,
        'the status',
        ({ method, path }) => method === 'PATCH' && path.endsWith('/LOC1/E1'),
      )
    await eventually('the status', async () => {
      const found = await seen(far, '/locations/DE/CPO/LOC1')
      return (found?.evses as { status: string }[] | undefined)?.[0]?.status === 'CHARGING' || undefined
    })
  })
})

describe('drivers of others', () => {
  it('are authorized in real time, each by its eMSP in its version', async () => {
    const never = { whitelist: 'NEVER' }
    for (const [{ party }, card] of [
      [mid, CARDS.mid],
      [recent, CARDS.recent],
    ] as const) {
      const url = party.at('tokens', 'RECEIVER', `/${card.country_code}/${card.party_id}/${card.uid}`)
      await party.send('PUT', url, { body: tokenOf(card, never) })
      const version = party.options.version
      party.routes.set(`POST /${version}/sender/tokens/${card.uid}/authorize`, () => ({
        data: { allowed: 'ALLOWED', token: tokenOf(card, never), authorization_reference: `REF-${card.uid}` },
      }))
    }
    await far.api('PUT', '/tokens/SE/FAR/CARD-FAR', tokenOf(CARDS.far, never))
    await eventually('the card', () => seen(node, '/tokens/SE/FAR/CARD-FAR'))
    for (const card of Object.values(CARDS)) {
      const { body } = await node.api('POST', '/authorizations', {
        token_uid: card.uid,
        type: 'RFID',
        location: { location_id: 'LOC1', evse_uids: ['E1'] },
      })
      expect(body).toMatchObject({
        allowed: 'ALLOWED',
        reason: 'realtime',
        token: { uid: card.uid, country_code: card.country_code, contract_id: card.contract_id },
      })
    }
  })

  it('start by command across versions, and the result comes back', async () => {
    const sent = await far.api('POST', '/commands/START_SESSION', {
      token: 'CARD-FAR',
      location_id: 'LOC1',
      evse_uid: 'E2',
    })
    expect(sent.body).toMatchObject({ state: 'ACCEPTED' })
    await readEvent(node, 'command.received', (text) => text.includes('CARD-FAR'))
    const { items } = (await node.api('GET', '/commands?direction=received')).body as {
      items: { id: string }[]
    }
    await node.api('POST', `/commands/${items[0]?.id}/result`, { result: 'ACCEPTED' })
    const id = (sent.body as { id: string }).id
    await eventually(
      'the result',
      async () => (await seen(far, `/commands/${id}`))?.result === 'ACCEPTED' || undefined,
    )
  })

  it('get their own session and CDR with the same amounts, and nobody else does (SES-010, CDR-004)', async () => {
    for (const [name, card] of Object.entries(CARDS)) {
      await node.api('PUT', `/sessions/DE/CPO/S-${name}`, session(`S-${name}`, { cdr_token: card }))
      await node.api(
        'PUT',
        `/cdrs/DE/CPO/C-${name}`,
        cdr(`C-${name}`, { cdr_token: card, session_id: `S-${name}` }),
      )
    }
    const of = (party: Connected['party'], module: string) =>
      party.received.filter(({ path, method }) => path.includes(`/receiver/${module}`) && method !== 'GET')
    await arrives(mid.party, 'the CDR', ({ path, method }) => method === 'POST' && path.endsWith('/cdrs'))
    await arrives(recent.party, 'the CDR', ({ path, method }) => method === 'POST' && path.endsWith('/cdrs'))
    const there = await eventually('the CDR', () => seen(far, '/cdrs/DE/CPO/C-far'))
    expect(of(mid.party, 'cdrs').map(({ body }) => body)).toMatchObject([
      { id: 'C-mid', total_cost: { excl_vat: 9, incl_vat: 10.71 }, total_energy: 20 },
    ])
    expect(of(recent.party, 'cdrs').map(({ body }) => body)).toMatchObject([
      { id: 'C-recent', total_cost: { before_taxes: 9, taxes: [{ amount: 1.71 }] }, total_energy: 20 },
    ])
    expect(there).toMatchObject({
      total_cost: { before_taxes: 9 },
      total_energy: 20,
      cdr_token: { uid: 'CARD-FAR', country_code: 'SE', party_id: 'FAR', contract_id: 'SE-FAR-1' },
      cdr_location: { id: 'LOC1', evse_uid: 'E1', connector_id: '1', connector_standard: 'IEC_62196_T2' },
      charging_periods: [{ tariff_id: 'AC-DAY', dimensions: [{ type: 'ENERGY', volume: 20 }] }],
    })
    expect(await eventually('the session', () => seen(far, '/sessions/DE/CPO/S-far'))).toMatchObject({
      location_id: 'LOC1',
      evse_uid: 'E1',
      connector_id: '1',
      kwh: 1.5,
      total_cost: { before_taxes: 0.68 },
    })
    for (const module of ['sessions', 'cdrs']) {
      expect(JSON.stringify(of(mid.party, module))).not.toMatch(/-recent|-far/)
      expect(JSON.stringify(of(recent.party, module))).not.toMatch(/-mid|-far/)
    }
    expect((await far.api('GET', '/cdrs')).body).toMatchObject({ total: 1 })
  })
})

describe('a driver of ours at a CPO on 2.1.1', () => {
  it('is started by command, and session and CDR come back to the card', async () => {
    await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
    const receiver = (module: string, path = '') => old.party.at(module, 'RECEIVER', path)
    await old.party.send('PUT', receiver('locations', '/AT/OLD/LOC1'), { body: location211('LOC1') })
    old.party.routes.set('POST /2.1.1/receiver/commands/START_SESSION', () => ({
      data: { result: 'ACCEPTED' },
    }))
    const { body } = await node.api('POST', '/commands/START_SESSION', {
      token: '04AA11BB22CC33',
      country_code: 'AT',
      party_id: 'OLD',
      location_id: 'LOC1',
      evse_uid: 'E1',
    })
    expect(body).toMatchObject({ state: 'ACCEPTED' })
    const authorized = await old.party.send(
      'POST',
      old.party.at('tokens', 'SENDER', '/04AA11BB22CC33/authorize'),
    )
    expect(authorized.envelope?.data).toEqual({ allowed: 'ALLOWED' })
    await old.party.send('PUT', receiver('sessions', '/AT/OLD/S1'), { body: session211('S1') })
    await old.party.send('POST', receiver('cdrs'), { body: cdr211('C1') })
    const command = await seen(node, `/commands/${(body as { id: string }).id}`)
    expect(command).toMatchObject({ session_id: 'S1' })
    for (const path of ['/sessions/AT/OLD/S1', '/cdrs/AT/OLD/C1'])
      expect(await seen(node, path)).toMatchObject({
        country_code: 'AT',
        party_id: 'OLD',
        cdr_token: { uid: '04AA11BB22CC33', party_id: 'MSP' },
      })
    for (const { party } of [mid, recent])
      expect(JSON.stringify(party.received.map(({ path }) => path))).not.toContain('AT/OLD')
  })
})

describe('what the operator sees', () => {
  it.each(['2.1.1', '2.2.1', '2.3.0'])('is the same world in %s', async (version) => {
    const cost = { '2.1.1': 9, '2.2.1': { excl_vat: 9 }, '2.3.0': { before_taxes: 9 } }[version]
    const found = await seen(node, `/cdrs/AT/OLD/C1?version=${version}`)
    expect(found).toMatchObject({ id: 'C1', total_energy: 20 })
    expect(found?.total_cost).toEqual(cost)
    const all = (await seen(node, `/sessions?version=${version}`))?.items as Record<string, unknown>[]
    expect(all.map(({ id }) => id).sort()).toEqual(['S-far', 'S-mid', 'S-recent', 'S1'])
    if (version === '2.1.1') for (const each of all) expect(each).toMatchObject({ location: { id: 'LOC1' } })
  })
})
