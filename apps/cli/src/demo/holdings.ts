import { add, type Decimal, decimal, toText } from '@interwatt/protocol'
import type { OperatorConnection } from '../operator/connection.js'
import { at, listAt, numberAt, textAt } from '../read-json.js'
import type { DemoParty } from './parties.js'

/** Money of one side in one currency, as exact decimals. */
export interface Money {
  readonly net: string
  readonly gross: string
}

/** What one platform holds of the CPO's objects. */
export interface Holdings {
  readonly locations: number
  readonly evses: number
  readonly tariffs: number
  readonly sessions: number
  readonly cdrs: number
  readonly totals: Readonly<Record<string, Money>>
  /** Price of every CDR by its id, to compare two sides. */
  readonly prices: ReadonlyMap<string, string>
}

const PAGE = 1000

/** Every object of a collection that belongs to the party, page by page. */
async function* everything(
  node: OperatorConnection,
  path: string,
  party: DemoParty,
): AsyncGenerator<unknown> {
  const owner = `${party.countryCode}*${party.partyId}`
  let cursor: string | undefined
  do {
    const position = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = await node.call('GET', `${path}?limit=${PAGE}&party=${encodeURIComponent(owner)}${position}`)
    yield* listAt(page, 'items')
    cursor = textAt(page, 'next') || undefined
  } while (cursor !== undefined)
}

/** How many objects of the party a collection has. */
export const countOf = async (node: OperatorConnection, path: string, party: DemoParty): Promise<number> => {
  const owner = encodeURIComponent(`${party.countryCode}*${party.partyId}`)
  return numberAt(await node.call('GET', `${path}?limit=1&party=${owner}`), 'total')
}

const amount = (value: unknown): Decimal => decimal(typeof value === 'number' ? value : 0)

/** The price with taxes: what was added up by the CPO. */
const grossAmount = (price: unknown): Decimal =>
  listAt(price, 'taxes').reduce<Decimal>(
    (sum, tax) => add(sum, amount(at(tax, 'amount'))),
    amount(at(price, 'before_taxes')),
  )

const cdrsOf = async (node: OperatorConnection, party: DemoParty) => {
  const sums = new Map<string, { net: Decimal; gross: Decimal }>()
  const prices = new Map<string, string>()
  for await (const cdr of everything(node, '/cdrs', party)) {
    const price = at(cdr, 'total_cost')
    const [net, gross] = [amount(at(price, 'before_taxes')), grossAmount(price)]
    const currency = textAt(cdr, 'currency')
    const before = sums.get(currency)
    sums.set(
      currency,
      before === undefined ? { net, gross } : { net: add(before.net, net), gross: add(before.gross, gross) },
    )
    prices.set(textAt(cdr, 'id'), `${toText(net)} / ${toText(gross)} ${currency}`)
  }
  const totals = Object.fromEntries(
    [...sums].map(([currency, { net, gross }]) => [currency, { net: toText(net), gross: toText(gross) }]),
  )
  return { cdrs: prices.size, totals, prices }
}

const locationsOf = async (node: OperatorConnection, party: DemoParty) => {
  let [locations, evses] = [0, 0]
  for await (const location of everything(node, '/locations', party)) {
    locations += 1
    evses += listAt(location, 'evses').length
  }
  return { locations, evses }
}

/** Counts and adds up what a platform holds of the party's objects, through its operator API. */
export const readHoldings = async (node: OperatorConnection, party: DemoParty): Promise<Holdings> => ({
  ...(await locationsOf(node, party)),
  tariffs: await countOf(node, '/tariffs', party),
  sessions: await countOf(node, '/sessions', party),
  ...(await cdrsOf(node, party)),
})

/** Where two sides differ, one sentence each; empty when they agree. */
export const differencesOf = (cpo: Holdings, emsp: Holdings): readonly string[] => {
  const counted = (['locations', 'evses', 'tariffs', 'sessions', 'cdrs'] as const).flatMap((name) =>
    cpo[name] === emsp[name] ? [] : [`The CPO has ${cpo[name]} ${name}, the eMSP ${emsp[name]}.`],
  )
  const priced = [...cpo.prices].flatMap(([id, price]) => {
    const other = emsp.prices.get(id)
    return other === price ? [] : [`CDR ${id} is ${price} at the CPO and ${other ?? 'missing'} at the eMSP.`]
  })
  return [...counted, ...priced.slice(0, 10)]
}
