import { add, type Decimal, decimal, type ocpi230, toNumber } from '@interwatt/protocol'

/** A published Price with its taxes, exactly. */
export const exactGrossOf = ({ before_taxes, taxes = [] }: ocpi230.Price): Decimal =>
  taxes.map(({ amount }) => decimal(amount)).reduce(add, decimal(before_taxes))

/** A published Price with its taxes. */
export const grossOf = (price: ocpi230.Price): number => toNumber(exactGrossOf(price))
