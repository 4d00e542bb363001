const KILOWATTS = /^(\d{1,4})(?:[.,](\d{1,3}))?$/

/** Whole watts of a register power such as `3,7` (kW), exact; undefined when it is no positive number of kW. */
export function wattsOf(text: string): number | undefined {
  const match = KILOWATTS.exec(text.trim())
  if (!match) return undefined
  const [, whole = '', fraction = ''] = match
  const watts = Number(`${whole}${fraction.padEnd(3, '0')}`)
  return watts > 0 ? watts : undefined
}
