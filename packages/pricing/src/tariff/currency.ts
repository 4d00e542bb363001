const known = new Map<string, number>()

/**
 * Decimals of the smallest unit of a currency (EUR 2, JPY 0, KWD 3); 2 for codes nobody knows. Never throws.
 */
export const currencyDigits = (currency: string): number => {
  const found = known.get(currency)
  if (found !== undefined) return found
  let digits = 2
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    digits = format.resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    digits = 2
  }
  if (known.size < 1_000) known.set(currency, digits)
  return digits
}
