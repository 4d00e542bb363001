import { closed, type Infer, many, number, object, one, opt, string } from '../../schema/index.js'

export { DisplayText } from './v221.js'

/** 2.3.0 `types_role_enum`. */
export const Role = closed('Role', 'types_role_enum', ['CPO', 'EMSP', 'NAP', 'NSP', 'OTHER', 'SCSP'])
export type Role = Infer<typeof Role>

/** 2.3.0 `types_tax_amount_class`. */
export const TaxAmount = object('TaxAmount', 'types_tax_amount_class', {
  name: one(string()),
  account_number: opt(string()),
  percentage: opt(number()),
  amount: one(number()),
})
export type TaxAmount = Infer<typeof TaxAmount>

/** 2.3.0 `types_price_class`. */
export const Price = object('Price', 'types_price_class', {
  before_taxes: one(number()),
  taxes: many(TaxAmount),
})
export type Price = Infer<typeof Price>
