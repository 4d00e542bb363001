import { compileTariffs, moneyText, priceSession } from '@interwatt/pricing'

/** What the engine under test makes of a pair: exact totals and those that would be published; throws a refusal. */
export const price = ({ tariff, session }, policy, version = '2.2.1') => {
  const compiled = compileTariffs([tariff], { policy, version })
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  const outcome = priceSession(session, compiled)
  if (outcome.kind === 'refused') throw new Error(outcome.message)
  const { denominator } = compiled
  const text = (value, digits) =>
    value === undefined ? undefined : moneyText({ numerator: value, denominator }, digits)
  return {
    net: text(outcome.exactTotal.net, 9),
    gross: text(outcome.exactTotal.gross, 9),
    netCents: text(outcome.total.net, 2),
    grossCents: text(outcome.total.gross, 2),
  }
}
