import { describeTariff, type Language, quote } from '@interwatt/pricing'
import { add, compare, decimal, negate, toText } from '@interwatt/protocol'
import type { Document } from '@interwatt/store'
import type { Offer } from '../../prices/offers.js'
import type { PriceService } from '../../prices/price-service.js'
import type { ChosenPlace } from '../charges/start-charge.js'
import { moneyTextOf, payableOf } from '../money.js'

/** What is charged for keeping a place free, by the names that pricing has for it. */
const ABOUT_RESERVING = ['reserved-fee', 'reserved-time', 'expired-fee', 'expired-time']

const LITTLE_KWH = 1

/** What is to be paid for a little energy after so many minutes of keeping the plug free. */
const payable = (offer: Offer, start: string, reservedMinutes: number) => {
  const outcome = quote({ ...offer, start, energy: { kwh: LITTLE_KWH }, reservedMinutes })
  if (outcome.kind !== 'quoted') return undefined
  const total = payableOf(outcome.total)
  return total === undefined ? undefined : { total: decimal(total), currency: outcome.currency }
}

const statementsOf = (offer: Offer, language: Language): readonly string[] => {
  const [tariff] = offer.tariffs
  if (tariff === undefined) return []
  return describeTariff(tariff, language)
    .statements.filter(
      ({ statement }) => 'charged' in statement && ABOUT_RESERVING.includes(statement.charged),
    )
    .map(({ text }) => text)
}

/** What keeping a plug free costs by its tariff, on top of charging there; null where the tariff is not known. */
export const reservationCost = async (
  prices: Pick<PriceService, 'offers'>,
  { party, locationId, evseUid, connectorId }: ChosenPlace,
  wanted: { readonly minutes: number; readonly start: string; readonly language: Language },
): Promise<Document | null> => {
  const address = { owner: party, location: locationId, evse: evseUid, connector: connectorId }
  const [offered] = await prices.offers([address], wanted.start)
  if (offered === undefined || offered.kind === 'none') return null
  const texts = statementsOf(offered.offer, wanted.language)
  const [without, reserved] = [0, wanted.minutes].map((minutes) =>
    payable(offered.offer, wanted.start, minutes),
  )
  if (without === undefined || reserved === undefined) return { total: null, texts }
  const more = add(reserved.total, negate(without.total))
  const cost = compare(more, decimal(0)) < 0 ? decimal(0) : more
  return { total: moneyTextOf(toText(cost), reserved.currency), texts }
}
