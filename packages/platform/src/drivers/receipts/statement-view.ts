import { isJsonObject, toText } from '@interwatt/protocol'
import { keyText, locationKey, type ObjectStore, type StoredObject } from '@interwatt/store'
import { moneyOf } from '../charges/exact-price.js'
import { instantOf, textOf } from '../stations/document-parts.js'
import type { Seller } from './receipt.js'
import { type CountedCdr, type MonthTotals, totalsOfMonth } from './statements.js'

/** One line of a statement. */
export type StatementItem = ReturnType<typeof itemOf>

/** The statement of a month. */
export interface StatementView extends MonthTotals {
  readonly time_zone: string
  readonly seller: Seller
  readonly items: readonly StatementItem[]
}

const itemOf = (
  { cdr, price, energyKwh, currency, isCredit }: CountedCdr,
  location: StoredObject | undefined,
) => {
  const { document, key } = cdr
  const told = isJsonObject(document.cdr_location) ? document.cdr_location : {}
  const operator = isJsonObject(location?.document.operator) ? location.document.operator : {}
  const token = isJsonObject(document.cdr_token) ? document.cdr_token : {}
  return {
    number: String(document.id),
    kind: isCredit ? 'credit' : 'receipt',
    means: token.type === 'APP_USER' ? 'app' : 'card',
    started_at: instantOf(document.start_date_time),
    ended_at: instantOf(document.end_date_time),
    operator: textOf(operator.name) ?? `${key.countryCode}*${key.partyId}`,
    station: textOf(told.name) ?? textOf(location?.document.name) ?? textOf(told.address),
    address: textOf(told.address),
    city: textOf(told.city),
    evse_id: textOf(told.evse_id),
    energy_kwh: toText(energyKwh),
    before_taxes: moneyOf(price.beforeTaxes, currency),
    taxes: price.taxes.map(({ name, percentage, amount }) => ({
      name,
      percentage,
      amount: moneyOf(amount, currency),
    })),
    total: moneyOf(price.total, currency),
  }
}

const locationOf = ({ cdr }: CountedCdr) => {
  const told = isJsonObject(cdr.document.cdr_location) ? cdr.document.cdr_location : {}
  return locationKey(cdr.key, textOf(told.id) ?? '#NA')
}

const endOf = ({ cdr }: CountedCdr): number => Date.parse(instantOf(cdr.document.end_date_time) ?? '')

/** The statement of a month, made of its CDRs in the order in which they ended. */
export const viewStatement = async (
  objects: Pick<ObjectStore, 'getMany'>,
  month: string,
  cdrs: readonly CountedCdr[],
  facts: Pick<StatementView, 'time_zone' | 'seller'>,
): Promise<StatementView> => {
  const ordered = cdrs.toSorted((a, b) => endOf(a) - endOf(b))
  const keys = [...new Map(ordered.map((one) => [keyText(locationOf(one)), locationOf(one)])).entries()]
  const found = await objects.getMany(keys.map(([, key]) => key))
  const locations = new Map(keys.map(([text], index) => [text, found[index]]))
  return {
    ...totalsOfMonth(month, cdrs),
    ...facts,
    items: ordered.map((one) => itemOf(one, locations.get(keyText(locationOf(one))))),
  }
}
