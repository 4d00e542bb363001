/** Decimal digits that are shown of amounts at least, and at most. */
const DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 6 } as const

/** An amount with its currency, such as `9.00 EUR`; empty when it is not known. Never rounded to fewer digits than it has. */
export const moneyOf = (value: number | null | undefined, currency: string | null): string =>
  value === null || value === undefined
    ? ''
    : `${value.toLocaleString('en', { ...DIGITS, useGrouping: false })} ${currency ?? ''}`.trim()

/** A difference with its sign, such as `+2.00 EUR`. */
export const differenceOf = (value: number | null | undefined, currency: string | null): string =>
  `${value !== null && value !== undefined && value > 0 ? '+' : ''}${moneyOf(value, currency)}`
