import { add, type Decimal, decimal, toText } from '@interwatt/protocol'
import type { OperatorConnection } from '../operator/connection.js'
import { at, listAt, numberAt, textAt } from '../read-json.js'
import { counted } from '../terminal/counted.js'
import { type DemoParty, labelOf } from './parties.js'

/** Money of one side in one currency, as exact decimals; `gross` is null where taxes are not told. */
export interface Money {
  readonly net: string
  readonly gross: string | null
}

/** A session or CDR: whose driver it is about, and its price. */
export interface Bill {
  /** Party of the token, such as `NL*IWM`. */
  readonly emsp: string
  readonly currency: string
  readonly net: Decimal
  readonly gross: Decimal
}

/** What one platform holds of the CPO's objects, by id. */
export interface Holdings {
  /** Number of EVSEs of each location. */
  readonly locations: ReadonlyMap<string, number>
  readonly tariffs: ReadonlySet<string>
  readonly sessions: ReadonlyMap<string, Bill>
  readonly cdrs: ReadonlyMap<string, Bill>
}

/** Kinds of objects that are compared. */
export type HeldKind = keyof Holdings

/** An object that a version cannot carry, with the reason the CPO's platform gives. */
export interface Withheld {
  readonly kind: HeldKind
  readonly id: string
  readonly reason: string
}

const PAGE = 1000

/** Every object of a collection that belongs to the party, page by page. */
export async function* everything(
  node: OperatorConnection,
  path: string,
  party: DemoParty,
): AsyncGenerator<unknown> {
  const owner = encodeURIComponent(labelOf(party))
  let cursor: string | undefined
  do {
    const position = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = await node.call('GET', `${path}?limit=${PAGE}&party=${owner}${position}`)
    yield* listAt(page, 'items')
    cursor = textAt(page, 'next') || undefined
  } while (cursor !== undefined)
}

/** How many objects of the party a collection has. */
export const countOf = async (node: OperatorConnection, path: string, party: DemoParty): Promise<number> => {
  const owner = encodeURIComponent(labelOf(party))
  return numberAt(await node.call('GET', `${path}?limit=1&party=${owner}`), 'total')
}

const amount = (value: unknown): Decimal => decimal(typeof value === 'number' ? value : 0)

/** The price with taxes, exactly. */
export const grossAmount = (price: unknown): Decimal =>
  listAt(price, 'taxes').reduce<Decimal>(
    (sum, tax) => add(sum, amount(at(tax, 'amount'))),
    amount(at(price, 'before_taxes')),
  )

const billOf = (document: unknown): Bill => {
  const price = at(document, 'total_cost')
  return {
    emsp: labelOf({
      countryCode: textAt(document, 'cdr_token', 'country_code'),
      partyId: textAt(document, 'cdr_token', 'party_id'),
    }),
    currency: textAt(document, 'currency'),
    net: amount(at(price, 'before_taxes')),
    gross: grossAmount(price),
  }
}

const byId = async <T>(
  node: OperatorConnection,
  path: string,
  party: DemoParty,
  read: (document: unknown) => T,
): Promise<ReadonlyMap<string, T>> => {
  const found = new Map<string, T>()
  for await (const document of everything(node, path, party))
    found.set(textAt(document, 'id'), read(document))
  return found
}

/** What a platform holds of the party's objects, through its operator API. */
export const readHoldings = async (node: OperatorConnection, party: DemoParty): Promise<Holdings> => ({
  locations: await byId(node, '/locations', party, (location) => listAt(location, 'evses').length),
  tariffs: new Set((await byId(node, '/tariffs', party, () => true)).keys()),
  sessions: await byId(node, '/sessions', party, billOf),
  cdrs: await byId(node, '/cdrs', party, billOf),
})

const ofEmsps = (bills: ReadonlyMap<string, Bill>, labels: readonly string[]): ReadonlyMap<string, Bill> =>
  new Map([...bills].filter(([, bill]) => labels.includes(bill.emsp)))

/** The same with only the sessions and CDRs of the drivers of these eMSPs. */
export const shareOf = (holdings: Holdings, emsps: readonly DemoParty[]): Holdings => {
  const labels = emsps.map(labelOf)
  return {
    ...holdings,
    sessions: ofEmsps(holdings.sessions, labels),
    cdrs: ofEmsps(holdings.cdrs, labels),
  }
}

/** All EVSEs of all locations. */
export const evsesOf = (holdings: Holdings): number =>
  [...holdings.locations.values()].reduce((sum, evses) => sum + evses, 0)

/** Adds up all CDRs exactly, by currency; without gross amounts where taxes are not told. */
export const totalsOf = (holdings: Holdings, taxes: boolean): Readonly<Record<string, Money>> => {
  const sums = new Map<string, { net: Decimal; gross: Decimal }>()
  for (const { currency, net, gross } of holdings.cdrs.values()) {
    const before = sums.get(currency)
    sums.set(
      currency,
      before === undefined ? { net, gross } : { net: add(before.net, net), gross: add(before.gross, gross) },
    )
  }
  return Object.fromEntries(
    [...sums].map(([currency, { net, gross }]) => [
      currency,
      { net: toText(net), gross: taxes ? toText(gross) : null },
    ]),
  )
}

/** Whose holdings are compared with those of the CPO, and how. */
export interface Comparison {
  /** How a sentence calls the eMSP. */
  readonly name: string
  /** Whether prices reach it with their taxes. */
  readonly taxes: boolean
  readonly withheld: readonly Withheld[]
}

const MOST_SENTENCES = 10

const differingBills = (
  noun: string,
  [own, received]: readonly [ReadonlyMap<string, Bill>, ReadonlyMap<string, Bill>],
  { name, taxes }: Comparison,
  isWithheld: (id: string) => boolean,
): readonly string[] => {
  const textOf = (bill: Bill | undefined): string => {
    if (bill === undefined) return 'missing'
    const net = toText(bill.net)
    return taxes ? `${net} / ${toText(bill.gross)} ${bill.currency}` : `${net} ${bill.currency} net`
  }
  const differing = [...own].flatMap(([id, bill]) => {
    const [price, other] = [textOf(bill), textOf(received.get(id))]
    return other === price || (!received.has(id) && isWithheld(id))
      ? []
      : [`${noun} ${id} is ${price} at the CPO and ${other} at ${name}.`]
  })
  const foreign = [...received.keys()]
    .filter((id) => !own.has(id))
    .map((id) => `${noun} ${id} is held by ${name}; for its drivers the CPO has none such.`)
  return [...differing, ...foreign].slice(0, MOST_SENTENCES)
}

/** Locations and tariffs that one side lacks, and locations without some of their EVSEs. */
const differingPlaces = (
  own: Holdings,
  received: Holdings,
  name: string,
  isWithheld: (kind: HeldKind, id: string) => boolean,
): readonly string[] => {
  const incomplete = [...own.locations].filter(([id, evses]) => {
    const there = received.locations.get(id)
    return there !== undefined && there !== evses && !isWithheld('locations', id)
  })
  const lists = (['locations', 'tariffs'] as const).flatMap((kind) => {
    const missing = [...own[kind].keys()].filter((id) => !received[kind].has(id) && !isWithheld(kind, id))
    const foreign = [...received[kind].keys()].filter((id) => !own[kind].has(id))
    return [
      [`Missing at ${name}`, missing, kind.slice(0, -1)],
      [`Held by ${name} alone`, foreign, kind.slice(0, -1)],
    ] as const
  })
  return [...lists, [`With other EVSEs at ${name}`, incomplete, 'location'] as const].flatMap(
    ([what, items, noun]) => (items.length === 0 ? [] : [`${what}: ${counted(items.length, noun)}.`]),
  )
}

/** Where an eMSP differs from the CPO's share of it, one sentence each; empty when they agree. What is withheld is none. */
export const differencesOf = (own: Holdings, received: Holdings, how: Comparison): readonly string[] => {
  const isWithheld = (kind: HeldKind, id: string): boolean =>
    how.withheld.some((each) => each.kind === kind && each.id === id)
  const bills = (['sessions', 'cdrs'] as const).flatMap((kind) =>
    differingBills(kind === 'cdrs' ? 'CDR' : 'Session', [own[kind], received[kind]], how, (id) =>
      isWithheld(kind, id),
    ),
  )
  return [...differingPlaces(own, received, how.name, isWithheld), ...bills]
}
