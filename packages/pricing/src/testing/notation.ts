import fc from 'fast-check'

/** The same JSON value as other programs write it: fields in another order, numbers and instants in another notation. */

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

const numberText = (value: number, choice: number): string => {
  const plain = JSON.stringify(value)
  if (/[eE]/.test(plain)) return plain
  const [units = '', decimals = ''] = plain.split('.')
  const variants = [
    plain,
    decimals === '' ? `${plain}.0` : `${plain}00`,
    `${plain}e0`,
    `${plain}E+0`,
    `${units}${decimals}e-${decimals.length}`,
    `${units}${decimals}0e-${decimals.length + 1}`,
  ]
  // A leading zero before other digits is not JSON.
  const written = variants[choice % variants.length] ?? plain
  return /^-?0\d/.test(written) ? plain : written
}

const instantText = (text: string, choice: number): string => {
  const shifted = (hours: number, zone: string): string =>
    `${new Date(Date.parse(text) + hours * 3_600_000).toISOString().slice(0, 19)}${zone}`
  const variants = [
    text,
    text.slice(0, -1),
    text.replace('Z', '.000Z'),
    shifted(2, '+02:00'),
    shifted(-5, '-05:00'),
  ]
  return variants[choice % variants.length] ?? text
}

const write = (value: unknown, next: () => number): string => {
  if (Array.isArray(value)) return `[${value.map((one) => write(one, next)).join(', ')}]`
  if (typeof value === 'number') return numberText(value, next())
  if (typeof value === 'string')
    return JSON.stringify(INSTANT.test(value) ? instantText(value, next()) : value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  const turned = next() % Math.max(1, fields.length)
  const ordered = [...fields.slice(turned), ...fields.slice(0, turned)]
  if (next() % 2 === 1) ordered.reverse()
  return `{${ordered.map(([name, field]) => `${JSON.stringify(name)}:${write(field, next)}`).join(',\n')}}`
}

/** A writer of JSON text that makes other choices every time. */
export const writerArbitrary: fc.Arbitrary<(value: unknown) => string> = fc
  .array(fc.nat(60), { minLength: 40, maxLength: 40 })
  .map((choices) => (value) => {
    let at = 0
    return write(value, () => choices[at++ % choices.length] ?? 0)
  })
