import { isJsonObject, type JsonObject } from '../../json/json-object.js'
import { differenceOf, isAmount } from '../../lens/amounts.js'
import { error, warning } from '../../schema/check-result.js'
import { textAt } from '../../schema/field-values.js'
import { check, type Tolerance } from '../../schema/index.js'

/** 13 to 19 digits with single blanks or hyphens between them, as card numbers are written. */
const CARD_NUMBER = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g
const SHOWN_DIGITS = 4

/** Check digit of card numbers (ISO/IEC 7812). */
const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Sixteen digits in a row are taken for a card number whatever their check digit says. */
const isCardNumber = (digits: string): boolean => digits.length === 16 || passesLuhn(digits)

const masked = (number: string): string => {
  const digits = number.replaceAll(/\D/g, '')
  if (!isCardNumber(digits)) return number
  let left = digits.length - SHOWN_DIGITS
  return number.replaceAll(/\d/g, (digit) => (left-- > 0 ? '*' : digit))
}

/** A line of EFT data with the digits of card numbers masked, apart from the last four (PAY-036). */
export const withoutCardNumbers = (line: string): string => line.replaceAll(CARD_NUMBER, masked)

/** No card number is kept or passed on, whoever wrote it into the lines for the invoice (PAY-036). */
export const CARD_NUMBER_MASKED: Tolerance = {
  rule: 'PAY-036',
  hidesValue: true,
  note: 'holds a card number; masked',
  repair: (value) => {
    if (typeof value !== 'string') return undefined
    const clean = withoutCardNumbers(value)
    return clean === value ? undefined : clean
  },
}

/** A Price in the form of older versions, as the specification itself still shows it (PAY-033). */
export const OLDER_PRICE: Tolerance = {
  rule: 'PAY-033',
  note: 'is a Price of an older version; read as before_taxes and taxes',
  repair: (value) => {
    if (!isJsonObject(value) || value.before_taxes !== undefined || !isAmount(value.excl_vat))
      return undefined
    const { excl_vat: net, incl_vat: gross, ...rest } = value
    const amount = isAmount(gross) ? differenceOf(gross, net) : undefined
    return {
      ...rest,
      before_taxes: net,
      ...(amount === undefined ? {} : { taxes: [{ name: 'VAT', amount }] }),
    }
  },
}

/** Only a capture that failed may come without lines for the invoice (PAY-034). */
export const failedNeedsNoLines = check(['capture_status_code'], (confirmation) => {
  const { eft_data: lines } = confirmation
  if (Array.isArray(lines) && lines.length > 0) return []
  const report = textAt(confirmation, 'capture_status_code') === 'FAILED' ? warning : error
  return [report('/eft_data', 'eft_data holds no line for the invoice', 'PAY-034')]
})

/** A terminal without the time of its change is as old as its arrival (PAY-006). */
export const undated = (rule: string) =>
  check([], (terminal: JsonObject) =>
    terminal.last_updated === undefined
      ? [warning('/last_updated', 'last_updated is not given; the time of arrival counts', rule)]
      : [],
  )
