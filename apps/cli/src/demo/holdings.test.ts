import { describe, expect, it } from 'vitest'
import type { OperatorConnection } from '../operator/connection.js'
import { differencesOf, type Holdings, readHoldings } from './holdings.js'
import { cpoParty } from './parties.js'

const cdr = (id: string, net: number, tax: number) => ({
  id,
  currency: 'EUR',
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

describe('readHoldings', () => {
  it('goes through all pages and adds up exactly', async () => {
    const node = nodeWith({
      '/locations': [{ evses: [{}, {}] }, { evses: [{}] }, {}],
      '/cdrs': [cdr('a', 0.1, 0.02), cdr('b', 0.2, 0.04)],
      '/sessions': [{}],
    })
    expect(await readHoldings(node, cpoParty)).toMatchObject({
      locations: 3,
      evses: 3,
      tariffs: 0,
      sessions: 1,
      cdrs: 2,
      totals: { EUR: { net: '0.3', gross: '0.36' } },
    })
  })
})

describe('differencesOf', () => {
  const side = (change: Partial<Holdings> = {}): Holdings => ({
    locations: 1,
    evses: 2,
    tariffs: 1,
    sessions: 1,
    cdrs: 1,
    totals: {},
    prices: new Map([['a', '1.00 / 1.19 EUR']]),
    ...change,
  })

  it('finds none between equal sides', () => {
    expect(differencesOf(side(), side())).toEqual([])
  })

  it('names a CDR that is missing or has another price, even where the counts are equal', () => {
    expect(differencesOf(side(), side({ prices: new Map([['b', '1.00 / 1.19 EUR']]) }))[0]).toContain('CDR a')
    expect(differencesOf(side(), side({ prices: new Map([['a', '1.01 / 1.20 EUR']]) }))).toHaveLength(1)
  })

  it('names what only one side has', () => {
    expect(differencesOf(side(), side({ locations: 0 }))).toEqual(['The CPO has 1 locations, the eMSP 0.'])
  })
})
