import { describe, expect, it } from 'vitest'
import type { OperatorConnection } from '../operator/connection.js'
import { differencesOf, evsesOf, type Holdings, readHoldings, shareOf, totalsOf } from './holdings.js'
import { cpoParty, emspOfEachVersion, emspParty } from './parties.js'

const cdr = (id: string, net: number, tax: number, [country_code, party_id] = ['NL', 'IWM']) => ({
  id,
  currency: 'EUR',
  cdr_token: { country_code, party_id },
  total_cost: { before_taxes: net, taxes: [{ name: 'VAT', amount: tax }] },
})

/** A node with these collections, one object a page. */
const nodeWith = (collections: Readonly<Record<string, readonly unknown[]>>): OperatorConnection => ({
  url: 'http://node',
  text: async () => '',
  async call(_method, path) {
    const { pathname, searchParams } = new URL(path, 'http://node')
    const all = collections[pathname] ?? []
    const from = Number(searchParams.get('cursor') ?? '0')
    const next = from + 1 < all.length ? String(from + 1) : null
    return { items: all.slice(from, from + 1), total: all.length, next }
  },
})

const L1 = { id: 'L1', evses: [{}, {}] }
const L2 = { id: 'L2', evses: [{}] }
const held = (collections: Readonly<Record<string, readonly unknown[]>> = {}): Promise<Holdings> =>
  readHoldings(
    nodeWith({
      '/locations': [L1, L2],
      '/tariffs': [{ id: 'T1' }],
      '/sessions': [cdr('s', 1, 0.19)],
      '/cdrs': [cdr('a', 0.1, 0.02), cdr('b', 0.2, 0.04)],
      ...collections,
    }),
    cpoParty,
  )

describe('readHoldings', () => {
  it('goes through all pages and adds up exactly', async () => {
    const holdings = await held()
    expect(evsesOf(holdings)).toBe(3)
    expect([holdings.locations.size, holdings.tariffs.size, holdings.sessions.size]).toEqual([2, 1, 1])
    expect(totalsOf(holdings, true)).toEqual({ EUR: { net: '0.3', gross: '0.36' } })
  })

  it('tells no gross amount where taxes are not told', async () => {
    expect(totalsOf(await held(), false)).toEqual({ EUR: { net: '0.3', gross: null } })
  })
})

describe('shareOf', () => {
  it('keeps the sessions and CDRs of the drivers of these eMSPs alone', async () => {
    const cdrs = [cdr('a', 1, 0.19), cdr('x', 2, 0.38, ['SE', 'IWS']), cdr('y', 3, 0.57, ['AT', 'ZZZ'])]
    const holdings = await held({ '/cdrs': cdrs })
    expect([...shareOf(holdings, [emspParty]).cdrs.keys()]).toEqual(['a'])
    expect([...shareOf(holdings, emspOfEachVersion).cdrs.keys()]).toEqual(['a', 'x'])
    expect(shareOf(holdings, [emspParty]).locations).toEqual(holdings.locations)
  })
})

describe('differencesOf', () => {
  const how = { name: 'the eMSP', taxes: true, withheld: [] }

  it('finds none between equal sides', async () => {
    expect(differencesOf(await held(), await held(), how)).toEqual([])
  })

  it('names a CDR that is missing or has another price, and one that is foreign', async () => {
    const of = async (...cdrs: readonly unknown[]) =>
      differencesOf(await held(), await held({ '/cdrs': cdrs }), how)
    const a = cdr('a', 0.1, 0.02)
    expect(await of(a)).toEqual(['CDR b is 0.2 / 0.24 EUR at the CPO and missing at the eMSP.'])
    expect(await of(a, cdr('b', 0.2, 0.05))).toEqual([
      'CDR b is 0.2 / 0.24 EUR at the CPO and 0.2 / 0.25 EUR at the eMSP.',
    ])
    expect((await of(a, cdr('b', 0.2, 0.04), cdr('z', 1, 1))).join()).toContain('CDR z')
  })

  it('names a session with another price', async () => {
    const other = await held({ '/sessions': [cdr('s', 2, 0.38)] })
    expect(differencesOf(await held(), other, how)).toHaveLength(1)
  })

  it('compares net amounts where taxes are not told', async () => {
    const net = { ...how, taxes: false }
    const untaxed = (amount: number) => ({ ...cdr('a', amount, 0), total_cost: { before_taxes: amount } })
    const own = await held({ '/cdrs': [cdr('a', 0.1, 0.02)] })
    expect(differencesOf(own, await held({ '/cdrs': [untaxed(0.1)] }), net)).toEqual([])
    expect(differencesOf(own, await held({ '/cdrs': [untaxed(0.2)] }), net)).toHaveLength(1)
    expect(differencesOf(own, await held({ '/cdrs': [untaxed(0.1)] }), how)).toHaveLength(1)
  })

  it('counts locations, EVSEs and tariffs that one side lacks', async () => {
    const [own, fewer] = [
      await held(),
      await held({ '/locations': [{ id: 'L1', evses: [{}] }], '/tariffs': [] }),
    ]
    expect(differencesOf(own, fewer, how)).toEqual([
      'Missing at the eMSP: 1 location.',
      'Missing at the eMSP: 1 tariff.',
      'With other EVSEs at the eMSP: 1 location.',
    ])
    expect(differencesOf(fewer, own, how)).toContain('Held by the eMSP alone: 1 tariff.')
  })

  it('takes what is withheld for no difference', async () => {
    const withheld = [{ kind: 'tariffs', id: 'T1', reason: 'prices by current' }] as const
    expect(differencesOf(await held(), await held({ '/tariffs': [] }), { ...how, withheld })).toEqual([])
  })
})
