import { addMoney, type Money } from '../exact/money.js'
import type { SessionPrice } from '../price/price-session.js'

/** What a driver pays: with tax where that is known. */
export const payable = ({ exactTotal, compiled }: SessionPrice): Money => ({
  numerator: exactTotal.gross ?? exactTotal.net ?? 0n,
  denominator: compiled.denominator,
})

/** The first amount less the second, exactly. */
export const moneyDifference = (a: Money, b: Money): Money =>
  addMoney(a, { numerator: -b.numerator, denominator: b.denominator })
