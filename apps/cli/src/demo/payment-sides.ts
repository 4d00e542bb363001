import { add, type Decimal, decimal, toText } from '@interwatt/protocol'
import type { CardPaymentSummary } from '@interwatt/simulator'
import type { OperatorConnection } from '../operator/connection.js'
import { at, listAt, textAt } from '../read-json.js'
import type { PlatformConnection } from './connect-platforms.js'
import {
  differencesOf,
  everything,
  grossAmount,
  type Holdings,
  type Money,
  readHoldings,
  shareOf,
  totalsOf,
} from './holdings.js'
import { type DemoParty, labelOf } from './parties.js'
import type { Platform } from './platforms.js'

/** What one side holds of card payments. */
export interface PaymentSide {
  readonly party: string
  readonly terminals: number
  readonly sessions: number
  readonly cdrs: number
  readonly confirmations: number
  /** Total of the CDRs, by currency, exact decimals as text. */
  readonly charged: Readonly<Record<string, Money>>
  /** Total of what the confirmations say was captured, taxes included, by currency. */
  readonly captured: Readonly<Record<string, string>>
}

/** Card payments at the end of a demonstration: what both sides hold, over all runs on this data folder. */
export interface CardPaymentsSummary {
  readonly ocpi_version: string
  readonly operator_api: string
  /** False when an earlier run had registered the provider already. */
  readonly registered: boolean
  readonly wanted: number
  /** Of this run: captured, confirmed and agreed on. */
  readonly paid: number
  readonly disputed: number
  /** Cards released without a payment in this run, by reason. */
  readonly released: Readonly<Record<string, number>>
  readonly cpo: PaymentSide
  readonly ptp: PaymentSide
  readonly agree: boolean
  readonly differences: readonly string[]
}

/** What the payment terminal provider owns, as one side holds it. */
interface Owned {
  /** By id: the place of each terminal. */
  readonly terminals: ReadonlyMap<string, string>
  readonly confirmations: ReadonlyMap<string, Confirmation>
}

interface Confirmation {
  readonly currency: string
  readonly captured: Decimal
  /** Everything that both sides must have in common. */
  readonly text: string
}

const readOwned = async (node: OperatorConnection, ptp: DemoParty): Promise<Owned> => {
  const terminals = new Map<string, string>()
  for await (const terminal of everything(node, '/terminals', ptp)) {
    const places = [listAt(terminal, 'location_ids'), listAt(terminal, 'evse_uids')]
    terminals.set(textAt(terminal, 'terminal_id'), JSON.stringify(places))
  }
  const confirmations = new Map<string, Confirmation>()
  for await (const each of everything(node, '/financial-advice-confirmations', ptp)) {
    const currency = textAt(each, 'currency')
    const captured = grossAmount(at(each, 'total_costs'))
    const said = [textAt(each, 'authorization_reference'), textAt(each, 'capture_status_code')]
    const text = [...said, toText(captured), currency].join(' ')
    confirmations.set(textAt(each, 'id'), { currency, captured, text })
  }
  return { terminals, confirmations }
}

const capturedOf = ({ confirmations }: Owned): Readonly<Record<string, string>> => {
  const sums = new Map<string, Decimal>()
  for (const { currency, captured } of confirmations.values())
    sums.set(currency, add(sums.get(currency) ?? decimal(0), captured))
  return Object.fromEntries([...sums].map(([currency, sum]) => [currency, toText(sum)]))
}

const sideOf = ({ party }: Platform, holdings: Holdings, owned: Owned): PaymentSide => ({
  party: labelOf(party),
  terminals: owned.terminals.size,
  sessions: holdings.sessions.size,
  cdrs: holdings.cdrs.size,
  confirmations: owned.confirmations.size,
  charged: totalsOf(holdings, true),
  captured: capturedOf(owned),
})

const differing = (
  noun: string,
  own: ReadonlyMap<string, string>,
  received: ReadonlyMap<string, string>,
): readonly string[] =>
  [...new Set([...own.keys(), ...received.keys()])].flatMap((id) => {
    const [atPtp, atCpo] = [own.get(id) ?? 'missing', received.get(id) ?? 'missing']
    return atPtp === atCpo ? [] : [`${noun} ${id} is ${atPtp} at its provider and ${atCpo} at the CPO.`]
  })

const textsOf = ({ confirmations }: Owned): ReadonlyMap<string, string> =>
  new Map([...confirmations].map(([id, { text }]) => [id, text]))

const NAME = 'the payment terminal provider'

/** What both sides hold of card payments, and where they differ. */
export interface PaymentComparison {
  readonly cpo: PaymentSide
  readonly ptp: PaymentSide
  readonly differences: readonly string[]
}

/** Compares what the provider holds with `own`, all that the CPO holds. */
export const comparePayments = async (
  cpo: Platform,
  ptp: Platform,
  own: Holdings,
): Promise<PaymentComparison> => {
  const received = await readHoldings(ptp.operator, cpo.party)
  const share = shareOf(own, [ptp.party])
  const [atCpo, atPtp] = await Promise.all([
    readOwned(cpo.operator, ptp.party),
    readOwned(ptp.operator, ptp.party),
  ])
  return {
    cpo: sideOf(cpo, share, atCpo),
    ptp: sideOf(ptp, received, atPtp),
    differences: [
      ...differencesOf(share, received, { name: NAME, taxes: true, withheld: [] }),
      ...differing('Terminal', atPtp.terminals, atCpo.terminals),
      ...differing('Confirmation', textsOf(atPtp), textsOf(atCpo)),
    ],
  }
}

/** What is known of the card payments of a run. */
export interface PaymentRun {
  readonly connection: PlatformConnection
  readonly wanted: number
  readonly payments: CardPaymentSummary
}

/** Puts what both sides hold and what the run did together. */
export const summarizePayments = (
  ptp: Platform,
  compared: PaymentComparison,
  { connection, wanted, payments }: PaymentRun,
): CardPaymentsSummary => ({
  ocpi_version: connection.version,
  operator_api: `${ptp.url}/api/v1`,
  registered: connection.registeredNow,
  wanted,
  ...payments,
  ...compared,
  agree: compared.differences.length === 0,
})
