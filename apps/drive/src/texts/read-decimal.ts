/** The exact decimal in what somebody typed, with a comma or a point: `77,4` is `77.4`; up to four digits before it and three behind. Undefined for what is no such number. */
export const readDecimal = (typed: string): string | undefined => {
  const text = typed.trim().replace(',', '.')
  return /^\d{1,4}(\.\d{1,3})?$/.test(text) ? text.replace(/^0+(?=\d)/, '') : undefined
}

/** A decimal text for an input, with the mark that is written in a locale. */
export const decimalInput = (text: string, locale: string): string => {
  const mark = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value
  return text.replace('.', mark ?? '.')
}
