import { closed, type Infer, number, object, one, opt, string, tolerate } from '../../schema/index.js'
import { LANGUAGE_TAG } from './tolerances.js'

/** 2.2.1 `types_role_enum`. */
export const Role = closed('Role', 'types_role_enum', ['CPO', 'EMSP', 'HUB', 'NAP', 'NSP', 'OTHER', 'SCSP'])
export type Role = Infer<typeof Role>

/** 2.2.1 `types_displaytext_class`. */
export const DisplayText = object('DisplayText', 'types_displaytext_class', {
  language: tolerate(one(string(2)), LANGUAGE_TAG),
  text: one(string(512)),
})
export type DisplayText = Infer<typeof DisplayText>

/** 2.2.1 `types_price_class`. */
export const Price = object('Price', 'types_price_class', {
  excl_vat: one(number()),
  incl_vat: opt(number()),
})
export type Price = Infer<typeof Price>
